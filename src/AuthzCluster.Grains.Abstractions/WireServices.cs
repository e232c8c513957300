using AuthzCluster.Grains.Abstractions.Wire;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Orleans.Serialization.Cloning;
using Orleans.Serialization.Configuration;
using Orleans.Serialization.Serializers;

namespace AuthzCluster.Grains.Abstractions;

/// <summary>Puts the wire format of the grains into a silo or a client.</summary>
public static class WireServices
{
    /// <summary>Adds it, once.</summary>
    public static IServiceCollection AddAuthzWire(this IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(ContractCodec)))
        {
            return services;
        }
        services.AddSingleton<ContractCodec>();
        services.AddSingleton<IGeneralizedCodec>(provider => provider.GetRequiredService<ContractCodec>());
        services.AddSingleton<ISpecializableCopier>(provider => provider.GetRequiredService<ContractCodec>());
        services.AddSingleton<ITypeFilter>(provider => provider.GetRequiredService<ContractCodec>());
        services.Configure<TypeManifestOptions>(WireNames.AddTo);
        return services;
    }
}
