using System.Net;
using System.Net.Sockets;
using AuthzCluster.Silo.Tests.Running;
using AuthzCluster.Testing;

namespace AuthzCluster.Silo.Tests.Luck;

/// <summary>Silos that cannot start, cannot start yet, or must not.</summary>
[Collection(ProcessCollection.Name)]
public sealed class StartTests
{
    [Theory]
    [InlineData("--silo-port")]
    [InlineData("--gateway-port")]
    [InlineData("--health-port")]
    public async Task Start_PortInUse_IsOneLineNamingItsOption(string option)
    {
        using var taken = new TcpListener(IPAddress.Loopback, Ports.Free());
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        var place = SiloPlace.New();
        place = option switch
        {
            "--silo-port" => place with { SiloPort = port },
            "--gateway-port" => place with { GatewayPort = port },
            _ => place with { HealthPort = port },
        };
        await using var silo = RunningSilo.Start(place, "Host=127.0.0.1;Database=none", []);

        Assert.Contains($"{option}: {port} is in use", await silo.Process.RefusedAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_DatabaseDown_WaitsSaysSoOnceAndJoinsWhenItComes()
    {
        using var server = new PostgresServer();
        var database = server.CreateDatabase();
        await RunningSilo.MigrateAsync(database);
        server.StopAtOnce();
        await using var silo = RunningSilo.Start(database);

        await silo.Process.ErrorAsync("waiting for PostgreSQL");
        Assert.Equal(200, (await silo.HealthAsync("live"))?.Status);
        var ready = await silo.HealthAsync("ready");
        Assert.Equal(503, ready?.Status);
        Assert.Contains("The database cannot be reached", ready!.Value.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(silo.Process.Errors, line => line.Contains("authz:", StringComparison.Ordinal));

        server.Start();
        await silo.JoinedAsync();
        Assert.Equal((200, "ready"), await silo.HealthAsync("ready"));
        Assert.Equal((200, "live"), await silo.HealthAsync("live"));
        // While the server came up it may have said other things.
        var waits = silo.Process.Errors.Where(line => line.Contains("waiting for PostgreSQL", StringComparison.Ordinal)).Select(line => line[line.IndexOf("waiting", StringComparison.Ordinal)..]);
        Assert.Equal(waits.Distinct(), waits);
        Assert.Equal(0, await silo.Process.StopAsync());
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task Stop_WhileItWaitsForTheDatabase_EndsAtOnceAndCleanly(string signal)
    {
        await using var silo = RunningSilo.Start($"Host=127.0.0.1;Port={Ports.Free()};Username=authz;Database=none");
        await silo.Process.ErrorAsync("waiting for PostgreSQL");

        silo.Process.Signal(signal);

        Assert.Equal(0, (await silo.Process.EndAsync()).Code);
    }

    [Fact]
    public async Task Start_SchemaMissingWhenTheDatabaseComes_IsRefused()
    {
        using var server = new PostgresServer();
        var database = server.CreateDatabase();
        server.StopAtOnce();
        await using var silo = RunningSilo.Start(database);
        await silo.Process.ErrorAsync("waiting for PostgreSQL");

        server.Start();

        var (code, _, errors) = await silo.Process.EndAsync();
        Assert.Equal(2, code);
        Assert.Contains("--migrate", errors[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task AdminKey_OfAFile_IsAsTheEmbeddedServersIs()
    {
        var database = PostgresServer.Shared.CreateDatabase();
        await RunningSilo.MigrateAsync(database);
        using var data = new TemporaryDirectory();
        var file = Path.Combine(data.Path, "admin.key");

        var first = await KeyAsync();
        Assert.StartsWith("authzk_", first, StringComparison.Ordinal);
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.Equal(first, await KeyAsync());

        File.Delete(file);
        Assert.NotEqual(first, await KeyAsync(revoked: first));

        await File.WriteAllTextAsync(file, "short");
        await using var silo = RunningSilo.Start(database, "--admin-key-file", file);
        var (code, output, errors) = await silo.Process.EndAsync();
        Assert.Equal(2, code);
        Assert.Empty(output);
        Assert.Contains(file, errors[^1], StringComparison.Ordinal);
        Assert.Equal("short", await File.ReadAllTextAsync(file));

        async Task<string> KeyAsync(string? revoked = null)
        {
            await using var silo = RunningSilo.Start(database, "--admin-key-file", file);
            await silo.JoinedAsync();
            var key = (await File.ReadAllTextAsync(file)).Trim();
            await using var gateway = await RunningGateway.StartAsync([silo.Place], key);
            (await gateway.Api.GetAsync("/api/v1/roles")).Is(200);
            if (revoked is not null)
            {
                (await gateway.Api.As(revoked).GetAsync("/api/v1/roles")).Refused(401, "unauthenticated");
            }
            Assert.Equal(0, await gateway.Process.StopAsync());
            Assert.Equal(0, await silo.Process.StopAsync());
            return key;
        }
    }
}
