using System.Net;
using AuthzCluster.Api.Serving;
using AuthzCluster.Gateway;
using AuthzCluster.Grains.Node;
using AuthzCluster.Hosting.Opa;
using AuthzCluster.Hosting.Tls;
using AuthzCluster.Silo;
using AuthzCluster.Storage.Postgres;
using Microsoft.Extensions.DependencyInjection;

namespace AuthzCluster.Gateway.Tests.Support;

/// <summary>Real silos in this process, on a PostgreSQL database of their own, and the options of a gateway to them.</summary>
internal sealed class TestCluster : IAsyncDisposable
{
    private static readonly Lazy<Task<string>> Template = new(MakeTemplateAsync);

    private readonly TemporaryDirectory _directory = new();
    private readonly List<SiloApp> _silos = [];
    private readonly List<SiloOptions> _options = [];
    private readonly TimeProvider? _time;

    private TestCluster(string database, int silos, TimeProvider? time, Func<TlsOptions>? tls, OpaOptions? opa = null)
    {
        _time = time;
        for (var i = 0; i < silos; i++)
        {
            _options.Add(new SiloOptions
            {
                Database = database,
                SiloPort = LoopbackPort.Free(),
                GatewayPort = LoopbackPort.Free(),
                HealthPort = 0,
                AdminKeyFile = Path.Combine(_directory.Path, "admin.key"),
                Tls = tls?.Invoke() ?? new TlsOptions(),
                Opa = opa ?? new OpaOptions(),
            });
        }
    }

    public string Database => _options[0].Database!;

    public IReadOnlyList<SiloOptions> Options => _options;

    public IReadOnlyList<SiloApp> Silos => _silos;

    public string AdminKey => File.ReadAllText(_options[0].AdminKeyFile!).Trim();

    /// <summary>Of a gateway to these silos.</summary>
    public GatewayOptions Gateway => new()
    {
        Silos = [.. _options.Select(silo => new DnsEndPoint("127.0.0.1", silo.GatewayPort))],
        Http = new HttpServing { Port = 0 },
    };

    /// <summary>Silos that are to be started, on a database that is there.</summary>
    public static async Task<TestCluster> PrepareAsync(int silos = 2, TimeProvider? time = null, Func<TlsOptions>? tls = null, OpaOptions? opa = null) =>
        new(PostgresServer.Shared.CreateDatabase(await Template.Value), silos, time, tls, opa);

    /// <summary>Silos that run.</summary>
    public static async Task<TestCluster> StartAsync(int silos = 2, TimeProvider? time = null, Func<TlsOptions>? tls = null, OpaOptions? opa = null)
    {
        var cluster = await PrepareAsync(silos, time, tls, opa);
        await cluster.StartSilosAsync();
        return cluster;
    }

    /// <summary>Starts them; the first alone, since it makes the admin key.</summary>
    public async Task StartSilosAsync()
    {
        await StartSiloAsync(_options[0]);
        await Task.WhenAll(_options.Skip(1).Select(StartSiloAsync));
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_silos.Select(silo => silo.DisposeAsync().AsTask()));
        _directory.Dispose();
    }

    private async Task StartSiloAsync(SiloOptions options)
    {
        var silo = await SiloApp.StartAsync(options, CancellationToken.None, builder =>
        {
            if (_time is not null)
            {
                builder.Services.AddSingleton(new SiloClock(_time));
            }
        });
        lock (_silos)
        {
            _silos.Add(silo);
        }
    }

    // Copied for each cluster: quicker than to make the schema again.
    private static async Task<string> MakeTemplateAsync()
    {
        var connection = PostgresServer.Shared.CreateDatabase();
        await PostgresMigrator.MigrateAsync(connection, "authz", "authz");
        Npgsql.NpgsqlConnection.ClearAllPools();
        return new Npgsql.NpgsqlConnectionStringBuilder(connection).Database!;
    }
}
