using AuthzCluster.Domain.Policies;
using AuthzCluster.Hosting;
using AuthzCluster.Actors.Ports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace AuthzCluster.Embedded;

/// <summary>Puts the embedded host into a process.</summary>
public static class EmbeddedServices
{
    /// <summary>
    /// Registers all ports over one <see cref="EmbeddedNode"/> that starts and stops with the process. A
    /// <see cref="TimeProvider"/> or <see cref="IIdSource"/> that is registered already is used, and each <see cref="ICustomCondition"/>.
    /// </summary>
    /// <exception cref="ArgumentException">An option is wrong; the message is one line that names it.</exception>
    /// <exception cref="StartRefusedException">One of policy servers is.</exception>
    public static IServiceCollection AddEmbeddedAuthz(this IServiceCollection services, EmbeddedOptions options)
    {
        options.Validate();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IIdSource, OrderedIds>();
        services.AddSingleton(provider => new EmbeddedNode(
            options, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<IIdSource>(), provider.GetService<ILogger<EmbeddedNode>>(),
            provider.GetServices<ICustomCondition>()));
        services.AddHostedService<EmbeddedHost>();
        services.AddSingleton<INodeHealth>(provider => provider.GetRequiredService<EmbeddedNode>());
        services.AddSingleton(provider => provider.GetRequiredService<EmbeddedNode>().Decisions);
        services.AddSingleton(provider => provider.GetRequiredService<EmbeddedNode>().Roles);
        services.AddSingleton(provider => provider.GetRequiredService<EmbeddedNode>().Candidates);
        services.AddSingleton(provider => provider.GetRequiredService<EmbeddedNode>().Permissions);
        services.AddSingleton(provider => provider.GetRequiredService<EmbeddedNode>().Policies);
        services.AddSingleton(provider => provider.GetRequiredService<EmbeddedNode>().RoleRequests);
        services.AddSingleton(provider => provider.GetRequiredService<EmbeddedNode>().Constraints);
        services.AddSingleton(provider => provider.GetRequiredService<EmbeddedNode>().Assignments);
        services.AddSingleton(provider => provider.GetRequiredService<EmbeddedNode>().Entities);
        services.AddSingleton(provider => provider.GetRequiredService<EmbeddedNode>().Tenants);
        services.AddSingleton(provider => provider.GetRequiredService<EmbeddedNode>().ModelTransfer);
        services.AddSingleton(provider => provider.GetRequiredService<EmbeddedNode>().Events);
        services.AddSingleton(provider => provider.GetRequiredService<EmbeddedNode>().Webhooks);
        services.AddSingleton(provider => provider.GetRequiredService<EmbeddedNode>().ApiKeys);
        services.AddSingleton(provider => provider.GetRequiredService<EmbeddedNode>().CallerRights);
        services.AddSingleton(provider => provider.GetRequiredService<EmbeddedNode>().Answers);
        return services.AddSingleton(provider => provider.GetRequiredService<EmbeddedNode>().AuditTrail);
    }
}
