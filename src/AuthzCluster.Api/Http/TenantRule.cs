using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Api.Http;

/// <summary>A tenant named in a body is the request's own: nobody reaches into another one by naming it.</summary>
internal static class TenantRule
{
    /// <summary>What is said of another one.</summary>
    public static string Fault(TenantId tenant) => $"is not `{tenant}`, the tenant of this request";

    /// <summary>Adds an error where another tenant is named.</summary>
    public static void Check(string? tenantId, string path, TenantId tenant, List<FieldError> errors)
    {
        if (tenantId is not null && tenantId != tenant.Value)
        {
            errors.Add(new FieldError($"{path}tenant_id", Fault(tenant)));
        }
    }
}
