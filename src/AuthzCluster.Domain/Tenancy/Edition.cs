namespace AuthzCluster.Domain.Tenancy;

/// <summary>What a tenant may use; <see cref="Editions"/> says what each has. Ordered: a higher one has all of the lower.</summary>
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
