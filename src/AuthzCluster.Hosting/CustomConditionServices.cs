using AuthzCluster.Domain.Policies;
using Microsoft.Extensions.DependencyInjection;

namespace AuthzCluster.Hosting;

/// <summary>Registers conditions of one's own, for whichever host runs in the process.</summary>
public static class CustomConditionServices
{
    /// <summary>Lets conditions be written as <c>custom {name, params}</c> with the name of a <typeparamref name="T"/>. On a cluster each silo registers the same.</summary>
    public static IServiceCollection AddCustomCondition<T>(this IServiceCollection services)
        where T : class, ICustomCondition => services.AddSingleton<ICustomCondition, T>();

    /// <summary>The same with one that is made already.</summary>
    public static IServiceCollection AddCustomCondition(this IServiceCollection services, ICustomCondition condition) => services.AddSingleton(condition);
}
