using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Grains.Abstractions.Services;
using AuthzCluster.Grains.Node;
using Orleans.Concurrency;
using Orleans.GrainDirectory;
using ErrorCode = AuthzCluster.Domain.Errors.ErrorCode;

namespace AuthzCluster.Grains.Services;

/// <summary>This silo, as it is.</summary>
[StatelessWorker, Reentrant, GrainDirectory(LocalDirectory.Name), GrainType("node")]
internal sealed class NodeGrain(IGrainContext context, SiloNode node) : INodeGrain, IGrainBase
{
    public IGrainContext GrainContext => context;

    public Task<NodeReport> ReadHealthAsync() => Task.FromResult(new NodeReport(node.IsReady, node.WriteProblem, node.BackgroundProblem));

    public async Task<byte[]> ReadPageTokenKeyAsync() => await node.Storage.ReadPageTokenKeyAsync();

    public async Task<Result<bool>> DropModelAsync(TenantId tenant)
    {
        try
        {
            await node.DropModelAsync(tenant);
            return true;
        }
        catch (StoreUnavailableException)
        {
            return new AuthzError(ErrorCode.Unavailable, "it is not sure that every silo has dropped its copy");
        }
    }
}
