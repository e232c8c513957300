using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Grains.Abstractions.Services;

/// <summary>The silo that is asked, as it is; its key spreads callers over silos and means nothing.</summary>
[Alias("authz.node")]
public interface INodeGrain : IGrainWithIntegerKey
{
    /// <summary>How the silo is.</summary>
    [Alias("health")]
    Task<NodeReport> ReadHealthAsync();

    /// <summary>The key of the page tokens: the same for all gateways of a cluster.</summary>
    [Alias("page-token-key")]
    Task<byte[]> ReadPageTokenKeyAsync();

    /// <summary>Has every silo drop its copy of a tenant's model, which the next question reads again.</summary>
    [Alias("drop-model")]
    Task<Result<bool>> DropModelAsync(TenantId tenant);
}
