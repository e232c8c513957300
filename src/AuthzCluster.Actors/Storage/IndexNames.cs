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

    /// <summary>
    /// role id -> "", or, where it counts toward constraints, what says by which of them it is to be given: the role takes assignments. The
    /// precondition of every assignment's commit.
    /// </summary>
    public const string AssignableRoles = "assignable_roles";

    /// <summary>"" -> actor key, in tenant <see cref="Everywhere"/>. At: when that actor has something to do.</summary>
    public const string Due = "due";

    /// <summary>"" -> tenant id, in tenant <see cref="Everywhere"/>: the tenants that exist.</summary>
    public const string Tenants = "tenants";

    /// <summary><see cref="OwnedKeys"/> or <see cref="ValidKeys"/> -> API key id: which were made in a tenant, and which are valid in it.</summary>
    public const string ApiKeys = "api_keys";

    /// <summary>The key of <see cref="ApiKeys"/> for those made in the tenant.</summary>
    public const string OwnedKeys = "";

    /// <summary>The key of <see cref="ApiKeys"/> for those valid in the tenant.</summary>
    public const string ValidKeys = "valid";
    /// <summary>type -> id: the stored entities.</summary>
    public const string Entities = "entities";

    /// <summary>type -> "": entities of that type may be stored. A precondition of every entity's commit.</summary>
    public const string EntityTypes = "entity_types";

    /// <summary>"" -> a turn's id, in <c>system</c>: the latest commit with which somebody stopped administering it.</summary>
    public const string AdministratorTurns = "administrator_turns";

    /// <summary>What a request is found by (its status, who made it, its role, ...) -> request id.</summary>
    public const string RoleRequests = "role_requests";

    /// <summary>team -> what says by which constraints it is to be joined: it counts toward some. Of all other teams that it does not is a precondition of joining.</summary>
    public const string ConstrainedTeams = "constrained_teams";

    /// <summary>"" -> webhook id: the webhooks of a tenant. <see cref="WebhookTurn"/> -> that which was made last, while it is there.</summary>
    public const string Webhooks = "webhooks";

    /// <summary>The key of <see cref="Webhooks"/> for the one made last: of two that are made at once, the second looks again how many there are.</summary>
    public const string WebhookTurn = "turn";

    /// <summary>"" -> webhook's actor key, in tenant <see cref="Everywhere"/>: those that send.</summary>
    public const string ActiveWebhooks = "active_webhooks";

    /// <summary>The tenant of indexes that span all tenants; no tenant has this id.</summary>
    public static readonly TenantId Everywhere = new("");
}
