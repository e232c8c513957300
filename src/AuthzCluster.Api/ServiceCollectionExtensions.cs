using AuthzCluster.Api.Credentials;
using AuthzCluster.Api.Grpc;
using AuthzCluster.Api.Serving;
using AuthzCluster.Hosting.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace AuthzCluster.Api;

/// <summary>Puts the API into a host.</summary>
public static class ServiceCollectionExtensions
{
    /// <summary>Adds the API; the ports come from the host.</summary>
    public static IServiceCollection AddAuthzApi(this IServiceCollection services, ApiOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<Drain>();
        services.AddSingleton(options);
        services.AddSingleton<ApiPorts>();
        services.AddSingleton<InstrumentListener>();
        services.AddSingleton(host => new AuthzApi(
            host.GetRequiredService<ApiPorts>(), options, host.GetServices<ICredentialReader>(), host.GetRequiredService<InstrumentListener>(),
            host.GetRequiredService<Drain>(), host.GetRequiredService<ILogger<AuthzApi>>()));
        services.AddSingleton<GrpcServer>();
        if (options.Jwt is { } jwt)
        {
            services.AddSingleton<ICredentialReader>(host => new JwtReader(jwt, host.GetRequiredService<TimeProvider>(), host.GetRequiredService<ILogger<JwtReader>>()));
        }
        return services;
    }

    /// <summary>Lets the API answer every request.</summary>
    public static void UseAuthzApi(this IApplicationBuilder app)
    {
        var (api, grpc) = (app.ApplicationServices.GetRequiredService<AuthzApi>(), app.ApplicationServices.GetRequiredService<GrpcServer>());
        app.Run(http => GrpcServer.IsGrpc(http) ? grpc.InvokeAsync(http) : api.InvokeAsync(http));
    }
}
