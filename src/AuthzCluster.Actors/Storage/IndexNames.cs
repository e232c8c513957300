using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Storage;

/// <summary>The indexes that lists, searches and due work read. Never rename one: they are stored.</summary>
public static class IndexNames
{
    /// <summary>role id -> subject's actor key: who holds a role by an assignment that has not ended. At: when the last of them ends.</summary>
    public const string RoleHolders = "role_holders";

    /// <summary>role id -> subject's actor key: who has an assignment of a role that has ended and is in the history.</summary>
    public const string PastRoleHolders = "past_role_holders";

    /// <summary>team -> subject's actor key: who is in a team.</summary>
    public const string TeamMembers = "team_members";

    /// <summary>assignment id -> subject's actor key (a tenant's, for a team's assignment): of live ones, and of ended ones while they are in the history.</summary>
    public const string Assignments = "assignments";

    /// <summary>role id -> "": the role takes assignments. The precondition of every assignment's commit.</summary>
    public const string AssignableRoles = "assignable_roles";

    /// <summary>"" -> actor key, in tenant <see cref="Everywhere"/>. At: when that actor has something to do.</summary>
    public const string Due = "due";

    /// <summary>"" -> tenant id, in tenant <see cref="Everywhere"/>: the tenants that exist.</summary>
    public const string Tenants = "tenants";

    /// <summary>The tenant of indexes that span all tenants; no tenant has this id.</summary>
    public static readonly TenantId Everywhere = new("");
}
