using AuthzCluster.Grains.Abstractions;
using AuthzCluster.Grains.Abstractions.Actors;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Orleans.Serialization.Configuration;

namespace AuthzCluster.Grains.Tests.Wire;

/// <summary>Orleans' serializer as silos and clients have it.</summary>
internal static class Serializers
{
    public static ServiceProvider New(Action<IServiceCollection>? more = null)
    {
        var services = new ServiceCollection().AddSerializer(builder => builder.AddAssembly(typeof(IRoleGrain).Assembly).AddAssembly(typeof(Serializers).Assembly)).AddAuthzWire();
        more?.Invoke(services);
        return services.BuildServiceProvider();
    }

    /// <summary>Another codec in place of one of ours, as another version has it.</summary>
    public static IServiceCollection Replace<TOld, TNew>(this IServiceCollection services) => services.PostConfigure<TypeManifestOptions>(types =>
    {
        types.Serializers.Remove(typeof(TOld));
        types.Serializers.Add(typeof(TNew));
    });
}
