using AuthzCluster.Client.Orleans.Calls;
using AuthzCluster.Client.Orleans.Connecting;
using AuthzCluster.Grains.Abstractions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AuthzCluster.Client;

/// <summary>Puts the client over Orleans into a host.</summary>
public static class OrleansServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="IAuthorizationClient"/> and <see cref="IRoleService"/> by way of an Orleans client of their own, each one object for
    /// all. It connects when the host starts, or else at the first call, and keeps nobody from starting. The options are checked when
    /// the host starts, else when the first of them is asked for (<see cref="OptionsValidationException"/>).
    /// </summary>
    public static IServiceCollection AddAuthzClusterOrleansClient(this IServiceCollection services, Action<AuthzClusterOrleansOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<AuthzClusterOrleansOptions>().Configure(configure).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<AuthzClusterOrleansOptions>, OrleansOptionsCheck>());
        services.TryAddSingleton<IClusterLink>(provider => new ClusterConnection(Options<AuthzClusterOrleansOptions>(provider), provider.GetService<ILoggerFactory>()));
        services.AddHostedService<ConnectionStart>();
        return AddClients<AuthzClusterOrleansOptions>(services);
    }

    /// <summary>
    /// Adds <see cref="IAuthorizationClient"/> and <see cref="IRoleService"/> to an application that is a client or a silo of the cluster already: by
    /// way of its <see cref="IClusterClient"/>, or else its <see cref="IGrainFactory"/>. What the cluster's messages need is added to these services too.
    /// </summary>
    public static IServiceCollection AddAuthzClusterGrainClient(this IServiceCollection services, Action<AuthzClusterGrainOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<AuthzClusterGrainOptions>().Configure(configure).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<AuthzClusterGrainOptions>, GrainOptionsCheck>());
        services.TryAddSingleton<IClusterLink>(provider => new HostLink(provider.GetService<IClusterClient>() ?? provider.GetRequiredService<IGrainFactory>()));
        services.AddAuthzWire();
        return AddClients<AuthzClusterGrainOptions>(services);
    }

    private static IServiceCollection AddClients<TOptions>(IServiceCollection services) where TOptions : AuthzClusterGrainOptions
    {
        services.TryAddSingleton(provider =>
        {
            var options = Options<TOptions>(provider); // before anything is made of them
            return new GrainConnection(provider.GetRequiredService<IClusterLink>(), options, provider.GetService<TimeProvider>() ?? TimeProvider.System);
        });
        services.TryAddSingleton(provider => new TenantCalls(provider.GetRequiredService<GrainConnection>(), Options<TOptions>(provider).Tenant));
        services.TryAddSingleton<IAuthorizationClient, GrainAuthorizationClient>();
        services.TryAddSingleton<IRoleService, GrainRoleService>();
        return services;
    }

    private static TOptions Options<TOptions>(IServiceProvider provider) where TOptions : class => provider.GetRequiredService<IOptions<TOptions>>().Value;
}
