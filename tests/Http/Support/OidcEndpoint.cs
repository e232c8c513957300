using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace AuthzCluster.Http.Tests.Support;

/// <summary>An issuer's OpenID metadata over HTTP, on this machine.</summary>
internal sealed class OidcEndpoint : IAsyncDisposable
{
    private readonly WebApplication _web;
    private int _reads;

    private OidcEndpoint(WebApplication web) => _web = web;

    /// <summary>What it publishes now.</summary>
    public IReadOnlyList<TestKey> Keys { get; set; } = [];

    /// <summary>As the metadata says it.</summary>
    public string Issuer { get; set; } = TestIssuer.Name;

    /// <summary>Where the metadata says that the keys are; null: where they are.</summary>
    public string? KeysAt { get; set; }

    /// <summary>In place of the keys; null: <see cref="Keys"/>.</summary>
    public string? KeysText { get; set; }

    /// <summary>Whether it fails.</summary>
    public bool IsDown { get; set; }

    /// <summary>Whether it only says to look elsewhere.</summary>
    public bool PointsOn { get; set; }

    /// <summary>What its answers wait for.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>How often the metadata was asked for.</summary>
    public int Reads => Volatile.Read(ref _reads);

    public Uri Url => new(_web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    public static async Task<OidcEndpoint> StartAsync(params TestKey[] keys)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var endpoint = new OidcEndpoint(builder.Build()) { Keys = keys };
        endpoint._web.Run(endpoint.AnswerAsync);
        await endpoint._web.StartAsync();
        return endpoint;
    }

    public ValueTask DisposeAsync() => _web.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        var isMetadata = http.Request.Path.Value!.EndsWith("/.well-known/openid-configuration", StringComparison.Ordinal);
        if (isMetadata)
        {
            Interlocked.Increment(ref _reads);
        }
        await Gate;
        if (IsDown)
        {
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }
        if (isMetadata && PointsOn && !http.Request.Path.StartsWithSegments("/elsewhere"))
        {
            http.Response.Redirect($"/elsewhere{http.Request.Path}");
            return;
        }
        await http.Response.WriteAsync(isMetadata
            ? new JsonObject { ["issuer"] = Issuer, ["jwks_uri"] = KeysAt ?? new Uri(Url, "/keys").AbsoluteUri }.ToJsonString()
            : KeysText ?? TestKey.Set([.. Keys]));
    }
}
