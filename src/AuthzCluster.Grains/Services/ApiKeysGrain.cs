using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Services;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Grains.Abstractions.Services;
using AuthzCluster.Grains.Node;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Concurrency;
using Orleans.GrainDirectory;
using ErrorCode = AuthzCluster.Domain.Errors.ErrorCode;

namespace AuthzCluster.Grains.Services;

/// <summary>This silo's API keys.</summary>
[StatelessWorker, Reentrant, GrainDirectory(LocalDirectory.Name), GrainType("api-keys")]
internal sealed class ApiKeysGrain(IGrainContext context, SiloNode node)
    : ApiKeyService(node.Directory, node.Replicas, node.Core.Services.KeyUses, node.Ports), IApiKeysGrain, IPortGrain
{
    public IGrainContext GrainContext => context;

    // The admin key is the silos' own business: each is told its file at the start.
    Task<Result<bool>> IApiKeys.EnsureAdminAsync(string token, bool isNew) =>
        context.ActivationServices.GetRequiredService<GrainsOptions>().TrustsClients
            ? EnsureAdminAsync(token, isNew)
            : Task.FromResult<Result<bool>>(new AuthzError(ErrorCode.Forbidden, "the admin key is made by silos only"));
}
