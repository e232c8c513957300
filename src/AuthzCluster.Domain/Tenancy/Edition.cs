namespace AuthzCluster.Domain.Tenancy;

/// <summary>What a tenant may use. The gates come with self-protection; here it is stored and returned.</summary>
public enum Edition : byte
{
    /// <summary>No role management.</summary>
    Core = 0,
    /// <summary>Built-in roles can be listed and assigned.</summary>
    WriterPro = 1,
    /// <summary>Full role management.</summary>
    Teams = 2,
    /// <summary>Also policies.</summary>
    Enterprise = 3,
}
