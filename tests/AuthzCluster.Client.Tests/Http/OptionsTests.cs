using AuthzCluster.Client.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AuthzCluster.Client.Tests.Http;

public sealed class OptionsTests
{
    public static TheoryData<string, Action<AuthzClusterClientOptions>> Bad => new()
    {
        { "Address", options => options.Address = null },
        { "Address", options => options.Address = new Uri("/relative", UriKind.Relative) },
        { "Address", options => options.Address = new Uri("ftp://host") },
        { "Address", options => options.Address = new Uri("http://host/?a=b") },
        { "ApiKey", options => options.ApiKey = null },
        { "ApiKey", options => options.ApiKey = "two words" },
        { "ApiKey", options => options.TokenProvider = _ => ValueTask.FromResult("token") },
        { "Tenant", options => options.Tenant = ".." },
        { "Timeout", options => options.Timeout = TimeSpan.Zero },
        { "Timeout", options => options.Timeout = Timeout.InfiniteTimeSpan },
        { "Retries", options => options.Retries = -1 },
        { "RetryDelay", options => options.RetryDelay = TimeSpan.FromHours(1) },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void BadOption_IsNamed_WhenTheHostStarts(string name, Action<AuthzClusterClientOptions> spoil)
    {
        using var services = new ServiceCollection().AddAuthzClusterClient(options =>
        {
            (options.Address, options.ApiKey) = (new Uri("http://127.0.0.1:1"), "key");
            spoil(options);
        }).BuildServiceProvider();

        var atStart = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IStartupValidator>().Validate());

        Assert.StartsWith($"AuthzClusterClientOptions.{name} ", Assert.Single(atStart.Failures), StringComparison.Ordinal);
        Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IAuthorizationClient>());
    }

    [Fact]
    public void Defaults_AreAsSaid()
    {
        var options = new AuthzClusterClientOptions();

        Assert.Equal(("default", TimeSpan.FromSeconds(5), 3, TimeSpan.FromMilliseconds(50)), (options.Tenant, options.Timeout, options.Retries, options.RetryDelay));
    }

    [Fact]
    public void Clients_OfAContainer_AreOneEach()
    {
        using var clients = Clients.Of(new Uri("http://127.0.0.1:1"));

        Assert.Same(clients.Roles, clients.Roles);
        Assert.Same(clients.Authorization, clients.Authorization);
    }

    [Fact]
    public async Task ConfigureHandler_ChangesTheConnections()
    {
        await using var endpoint = await HttpEndpoint.StartAsync(HttpEndpoint.Json(204, ""));
        var url = endpoint.Url;
        using var clients = Clients.Of(new Uri("http://not.there"), options => options.ConfigureHandler = handler =>
            handler.ConnectCallback = async (_, cancellationToken) =>
            {
                var socket = new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
                await socket.ConnectAsync(url.Host, url.Port, cancellationToken);
                return new System.Net.Sockets.NetworkStream(socket, ownsSocket: true);
            });

        await clients.Roles.DeleteRoleAsync("clerk");

        Assert.Single(endpoint.Requests);
    }
}
