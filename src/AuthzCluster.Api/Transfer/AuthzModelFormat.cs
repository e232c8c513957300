namespace AuthzCluster.Api.Transfer;

/// <summary>The names in an exported model. Never rename one: exports are kept.</summary>
internal static class AuthzModelFormat
{
    public const string Name = "authz";
    public const int Current = 1;
    public const string Format = "format", Version = "version", Roles = "roles", Teams = "team_assignments", Permissions = "registered_permissions",
        Policies = "policies", Constraints = "constraints";
}
