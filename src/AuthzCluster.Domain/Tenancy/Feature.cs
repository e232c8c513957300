namespace AuthzCluster.Domain.Tenancy;

/// <summary>What an edition has or lacks.</summary>
public enum Feature : byte
{
    /// <summary>Evaluation, entities, credentials, audit, tenants, health: every edition has it.</summary>
    Always = 0,
    /// <summary>Built-in roles are listed, and given to users and teams.</summary>
    BuiltInRoles = 1,
    /// <summary>Roles are made, changed and removed, and permissions registered.</summary>
    CustomRoles = 2,
    /// <summary>Policies.</summary>
    Policies = 3,
    /// <summary>Constraints: separation of duty.</summary>
    Constraints = 4,
}
