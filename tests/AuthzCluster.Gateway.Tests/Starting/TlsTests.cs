using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using AuthzCluster.Gateway.Tests.Support;
using AuthzCluster.Hosting;
using AuthzCluster.Hosting.Tls;
using AuthzCluster.Silo;

namespace AuthzCluster.Gateway.Tests.Starting;

/// <summary>TLS within a cluster: only who has a certificate of its authority belongs to it.</summary>
public sealed class TlsTests : IDisposable
{
    private readonly TestAuthority _authority = new(), _foreign = new();

    public void Dispose()
    {
        _authority.Dispose();
        _foreign.Dispose();
    }

    [Fact]
    public async Task Cluster_WithCertificates_WorksAndRefusesStrangers()
    {
        await using var cluster = await TestCluster.StartAsync(tls: () => _authority.Issue());
        await using var gateway = await RunningGateway.StartAsync(cluster.Gateway with { Tls = _authority.Issue() }, cluster.AdminKey);

        await gateway.Api.RoleAsync("clerk", "a:b");
        for (var i = 0; i < 20; i++)
        {
            await gateway.Api.AssignAsync("clerk", $"u{i}");
            Assert.Equal("granted", await gateway.Api.ReasonAsync($"u{i}", "a:b"));
        }
        foreach (var silo in cluster.Options)
        {
            foreach (var port in new[] { silo.GatewayPort, silo.SiloPort })
            {
                Assert.True(await IsTurnedAwayAsync(port, null), $"without a certificate: {port}");
                Assert.True(await IsTurnedAwayAsync(port, _foreign.Issue()), $"with a foreign one: {port}");
                Assert.True(await IsTurnedAwayAsync(port, _authority.Issue(DateTimeOffset.UtcNow.AddDays(-1))), $"with an expired one: {port}");
            }
        }
        (await gateway.Api.GetAsync("/health/ready")).Is(200);
    }

    [Fact]
    public async Task Start_WithCertificatesThatDoNotDo_IsRefused()
    {
        var good = _authority.Issue();
        foreach (var (tls, what) in new[]
        {
            (_authority.Issue(DateTimeOffset.UtcNow.AddDays(-1)), "expired"),
            (good with { Authority = _foreign.Issue().Authority }, "authority"),
            (good with { Key = null }, "--tls-key"),
            (good with { Certificate = good.Key }, "cannot be read"),
            (good with { Key = _authority.Issue().Key }, "cannot be read"),
            (good with { Authority = "/nowhere/ca.pem" }, "cannot be read"),
        })
        {
            var ofGateway = await Assert.ThrowsAsync<StartRefusedException>(() => GatewayApp.StartAsync(new GatewayOptions { Http = new() { Port = 0 }, Tls = tls }));
            var ofSilo = await Assert.ThrowsAsync<StartRefusedException>(() => SiloApp.StartAsync(new SiloOptions { Database = "Host=127.0.0.1", HealthPort = 0, Tls = tls }, CancellationToken.None));
            Assert.Contains(what, ofGateway.Message, StringComparison.Ordinal);
            Assert.Equal(ofGateway.Message, ofSilo.Message);
            Assert.DoesNotContain('\n', ofGateway.Message);
        }
    }

    // Whoever is let in hears a greeting, or nothing until they speak; who is not, the end.
    private static async Task<bool> IsTurnedAwayAsync(int port, TlsOptions? tls)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port);
        await using var stream = new SslStream(client.GetStream(), false, (_, _, _, _) => true);
        using var own = tls is null ? null : X509Certificate2.CreateFromPemFile(tls.Certificate!, tls.Key);
        try
        {
            await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = "silo",
                ClientCertificates = own is null ? null : [own],
            });
            return await stream.ReadAsync(new byte[1]) == 0;
        }
        catch (Exception e) when (e is AuthenticationException or IOException)
        {
            return true;
        }
    }
}
