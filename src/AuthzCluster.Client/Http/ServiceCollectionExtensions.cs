using AuthzCluster.Client.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace AuthzCluster.Client;

/// <summary>Puts the client into a host.</summary>
public static class ServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="IAuthorizationClient"/> and <see cref="IRoleService"/> over HTTP, each one object for all. The options
    /// are checked when the host starts, else when the first of them is asked for (<see cref="OptionsValidationException"/>).
    /// </summary>
    public static IServiceCollection AddAuthzClusterClient(this IServiceCollection services, Action<AuthzClusterClientOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<AuthzClusterClientOptions>().Configure(configure).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<AuthzClusterClientOptions>, OptionsCheck>());
        services.TryAddSingleton(provider => new ApiSender(
            provider.GetRequiredService<IOptions<AuthzClusterClientOptions>>().Value, provider.GetService<TimeProvider>() ?? TimeProvider.System));
        services.TryAddSingleton(provider => new ApiConnection(
            provider.GetRequiredService<ApiSender>(), provider.GetRequiredService<IOptions<AuthzClusterClientOptions>>().Value.Tenant));
        services.TryAddSingleton<IAuthorizationClient, HttpAuthorizationClient>();
        services.TryAddSingleton<IRoleService, HttpRoleService>();
        return services;
    }
}
