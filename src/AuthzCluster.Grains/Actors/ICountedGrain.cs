using AuthzCluster.Grains.Node;
using Microsoft.Extensions.DependencyInjection;

namespace AuthzCluster.Grains.Actors;

/// <summary>A grain that need not be found by its tenant, and is counted while it is activated.</summary>
internal interface ICountedGrain : IGrainBase
{
    Task IGrainBase.OnActivateAsync(CancellationToken token)
    {
        Activations.Enter(GrainContext);
        return Task.CompletedTask;
    }

    Task IGrainBase.OnDeactivateAsync(DeactivationReason reason, CancellationToken token)
    {
        Activations.Leave(GrainContext);
        return Task.CompletedTask;
    }

    private LocalActivations Activations => GrainContext.ActivationServices.GetRequiredService<SiloNode>().Activations;
}
