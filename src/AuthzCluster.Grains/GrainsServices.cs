using AuthzCluster.Actors.Ports;
using AuthzCluster.Grains.Abstractions;
using AuthzCluster.Grains.Abstractions.Services;
using AuthzCluster.Grains.Node;
using AuthzCluster.Grains.Services;
using AuthzCluster.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Configuration;
using Orleans.Runtime.Hosting;
using Orleans.Services;

namespace AuthzCluster.Grains;

/// <summary>Puts the actors into a silo.</summary>
public static class GrainsServices
{
    /// <summary>
    /// Has the silo host the actors over a storage; it needs a reminder service besides. A <see cref="SiloClock"/>, <see cref="IIdSource"/> or
    /// <see cref="GrainsOptions"/> that is registered already is used.
    /// </summary>
    public static ISiloBuilder AddAuthzGrains(this ISiloBuilder silo, Func<IServiceProvider, INodeStorage> storage)
    {
        var services = silo.Services.AddAuthzWire();
        services.TryAddSingleton(new SiloClock(TimeProvider.System));
        services.TryAddSingleton<IIdSource>(provider => new OrderedIds(provider.GetRequiredService<SiloClock>().Time));
        services.TryAddSingleton(new GrainsOptions());
        services.AddSingleton(storage);
        services.AddSingleton<SiloMessenger>();
        services.AddSingleton<SiloNode>();
        services.AddSingleton(provider => provider.GetRequiredService<SiloNode>().Core.Services);
        services.AddSingleton(provider => provider.GetRequiredService<SiloNode>().Finality);
        services.AddSingleton<INodeHealth>(provider => provider.GetRequiredService<SiloNode>());
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(provider => provider.GetRequiredService<SiloNode>());
        services.Configure<SiloMessagingOptions>(WireLimits.Apply);
        services.AddOptions<GrainCollectionOptions>().Configure<GrainsOptions>((collection, options) => collection.CollectionAge = options.IdleTime);
        // Under a name that clients know, too.
        services.AddSingleton<IGrainService>(provider => ActivatorUtilities.CreateInstance<PulseService>(provider, SystemTargetGrainId.Create(IPulseService.Type, SiloAddress.Zero).GrainId));
        silo.AddGrainDirectory(LocalDirectory.Name, (_, _) => new LocalDirectory());
        return silo.AddGrainService<NotificationService>();
    }
}
