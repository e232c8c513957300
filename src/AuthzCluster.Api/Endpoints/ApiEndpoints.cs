using AuthzCluster.Api.Http;

namespace AuthzCluster.Api.Endpoints;

/// <summary>Every endpoint there is.</summary>
public static class ApiEndpoints
{
    /// <summary>In the order of the groups.</summary>
    public static IReadOnlyList<ApiEndpoint> All { get; } =
    [
        .. HealthEndpoints.All,
        .. MetricsEndpoints.All,
        .. DocsEndpoints.All,
        .. TenantEndpoints.All,
        .. RoleEndpoints.All,
        .. RolePermissionEndpoints.All,
        .. RoleParentEndpoints.All,
        .. RolePolicyEndpoints.All,
        .. PolicyEndpoints.All,
        .. PolicyTestEndpoint.All,
        .. ConstraintEndpoints.All,
        .. PermissionEndpoints.All,
        .. AssignmentEndpoints.All,
        .. RoleRequestEndpoints.All,
        .. UserEndpoints.All,
        .. TeamEndpoints.All,
        .. ApiKeyEndpoints.All,
        .. EntityEndpoints.All,
        .. AuditEndpoints.All,
        .. EvidenceEndpoints.All,
        .. EventEndpoints.All,
        .. WebhookEndpoints.All,
        .. TransferEndpoints.All,
        .. DecisionEndpoints.All,
        .. SearchEndpoints.All,
        .. AccessEndpoints.All,
        .. AuthZenEndpoints.All,
        .. AuthZenSearchEndpoints.All,
    ];
}
