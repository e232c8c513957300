using AuthzCluster.Domain.Permissions;

namespace AuthzCluster.Domain.Administration;

/// <summary>The permissions with which the service protects itself. What an endpoint or a rule needs is one of these.</summary>
public static class Rights
{
    /// <summary>See roles, what they give, and how they inherit.</summary>
    public static readonly Permission RolesRead = Of("roles", "read");

    /// <summary>Make roles.</summary>
    public static readonly Permission RolesCreate = Of("roles", "create");

    /// <summary>Change roles, their permissions and their parents.</summary>
    public static readonly Permission RolesUpdate = Of("roles", "update");

    /// <summary>Remove roles.</summary>
    public static readonly Permission RolesDelete = Of("roles", "delete");

    /// <summary>Assign roles that one does not cover, where they are no system roles and give nothing under <c>authz.</c>.</summary>
    public static readonly Permission RolesBind = Of("roles", "bind");

    /// <summary>Make and assign roles that one does not cover.</summary>
    public static readonly Permission RolesEscalate = Of("roles", "escalate");

    /// <summary>See who has which role.</summary>
    public static readonly Permission AssignmentsRead = Of("assignments", "read");

    /// <summary>Give roles.</summary>
    public static readonly Permission AssignmentsCreate = Of("assignments", "create");

    /// <summary>Suspend, resume, prolong.</summary>
    public static readonly Permission AssignmentsUpdate = Of("assignments", "update");

    /// <summary>Take roles back.</summary>
    public static readonly Permission AssignmentsDelete = Of("assignments", "delete");

    /// <summary>Ask for any role, for anybody.</summary>
    public static readonly Permission RequestsCreate = Of("requests", "create");

    /// <summary>See all requests.</summary>
    public static readonly Permission RequestsRead = Of("requests", "read");

    /// <summary>Approve and reject requests.</summary>
    public static readonly Permission RequestsApprove = Of("requests", "approve");

    /// <summary>Give built-in roles.</summary>
    public static readonly Permission SystemRolesAssign = Of("system_roles", "assign");

    /// <summary>See who is in which team.</summary>
    public static readonly Permission TeamsRead = Of("teams", "read");

    /// <summary>Put members into teams and take them out.</summary>
    public static readonly Permission TeamsUpdate = Of("teams", "update");

    /// <summary>See stored attributes.</summary>
    public static readonly Permission EntitiesRead = Of("entities", "read");

    /// <summary>Store attributes.</summary>
    public static readonly Permission EntitiesUpdate = Of("entities", "update");

    /// <summary>Remove stored attributes.</summary>
    public static readonly Permission EntitiesDelete = Of("entities", "delete");

    /// <summary>See policies: their conditions, and what these come to in explanations.</summary>
    public static readonly Permission PoliciesRead = Of("policies", "read");

    /// <summary>Make policies, of the tenant and of roles, and try them.</summary>
    public static readonly Permission PoliciesCreate = Of("policies", "create");

    /// <summary>Change policies.</summary>
    public static readonly Permission PoliciesUpdate = Of("policies", "update");

    /// <summary>Remove policies.</summary>
    public static readonly Permission PoliciesDelete = Of("policies", "delete");

    /// <summary>See constraints.</summary>
    public static readonly Permission ConstraintsRead = Of("constraints", "read");

    /// <summary>Make constraints.</summary>
    public static readonly Permission ConstraintsCreate = Of("constraints", "create");

    /// <summary>Remove constraints.</summary>
    public static readonly Permission ConstraintsDelete = Of("constraints", "delete");

    /// <summary>See the registry of known permissions.</summary>
    public static readonly Permission PermissionsRead = Of("permissions", "read");

    /// <summary>Add to the registry.</summary>
    public static readonly Permission PermissionsCreate = Of("permissions", "create");

    /// <summary>Remove from the registry.</summary>
    public static readonly Permission PermissionsDelete = Of("permissions", "delete");

    /// <summary>Read the audit log.</summary>
    public static readonly Permission AuditRead = Of("audit", "read");

    /// <summary>Follow events.</summary>
    public static readonly Permission EventsRead = Of("events", "read");

    /// <summary>See which webhooks there are, and what they could not deliver.</summary>
    public static readonly Permission WebhooksRead = Of("webhooks", "read");

    /// <summary>Have events sent somewhere.</summary>
    public static readonly Permission WebhooksCreate = Of("webhooks", "create");

    /// <summary>Change webhooks, give them new secrets, have them send again.</summary>
    public static readonly Permission WebhooksUpdate = Of("webhooks", "update");

    /// <summary>Remove webhooks.</summary>
    public static readonly Permission WebhooksDelete = Of("webhooks", "delete");

    /// <summary>See which API keys there are.</summary>
    public static readonly Permission KeysRead = Of("keys", "read");

    /// <summary>Make API keys.</summary>
    public static readonly Permission KeysCreate = Of("keys", "create");

    /// <summary>Give API keys new secrets.</summary>
    public static readonly Permission KeysUpdate = Of("keys", "update");

    /// <summary>Revoke API keys.</summary>
    public static readonly Permission KeysDelete = Of("keys", "delete");

    /// <summary>Import models, assignments and entities.</summary>
    public static readonly Permission ModelImport = Of("model", "import");

    /// <summary>Export the model.</summary>
    public static readonly Permission ModelExport = Of("model", "export");

    /// <summary>See tenants; in <c>system</c>.</summary>
    public static readonly Permission TenantsRead = Of("tenants", "read");

    /// <summary>Make tenants; in <c>system</c>.</summary>
    public static readonly Permission TenantsCreate = Of("tenants", "create");

    /// <summary>Change tenants; in <c>system</c>.</summary>
    public static readonly Permission TenantsUpdate = Of("tenants", "update");

    /// <summary>Remove tenants; in <c>system</c>.</summary>
    public static readonly Permission TenantsDelete = Of("tenants", "delete");

    /// <summary>Ask about others.</summary>
    public static readonly Permission EvaluateExecute = Of("evaluate", "execute");

    private static Permission Of(string resource, string action) => new($"authz.{resource}", action);
}
