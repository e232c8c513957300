using System.Net;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Keys;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Grains.Abstractions;
using AuthzCluster.Grains.Abstractions.Calls;
using AuthzCluster.Hosting;
using AuthzCluster.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;

namespace AuthzCluster.Cluster.Benchmarks;

/// <summary>Three silos of one build on a database of their own, a client of them, and what is measured through it.</summary>
internal sealed class SideCluster : IAsyncDisposable
{
    private const int Silos = 3, Users = 1024;
    private const string Role = "reader", Edited = "edited", Team = "team";
    private static readonly TenantId Tenant = TenantId.Default;
    private static readonly Caller Admin = new(ApiKeyId.Admin.Subject, "bench") { ReachesSystem = true };
    private static readonly SubjectId Member = SubjectId.User("member");
    private static readonly SubjectId[] Readers = [.. Enumerable.Range(0, Users).Select(user => SubjectId.User($"user-{user}"))];
    private static readonly AccessRequest[] Questions =
        [.. Readers.Select(reader => new AccessRequest { Subject = reader, Permission = Permission.Parse("invoice:read"), ResourceId = "42" })];

    private readonly TemporaryDirectory _data = new();
    private readonly List<SiloProcess> _silos = [];
    private IHost? _client;
    private ClusterPorts _ports = null!;
    private int _newUsers;

    private SideCluster(string name) => Name = name;

    /// <summary>What it is called in the figures.</summary>
    public string Name { get; }

    /// <summary>The processor time that its silos and this process have taken.</summary>
    public TimeSpan ProcessorTime => _silos.Aggregate(Environment.CpuUsage.TotalTime, (sum, silo) => sum + silo.ProcessorTime);

    /// <summary>Starts one on an empty database, and fills it.</summary>
    /// <param name="name">What it is called in the figures.</param>
    /// <param name="program">The silo's dll.</param>
    /// <param name="database">How its database is connected to.</param>
    public static async Task<SideCluster> StartAsync(string name, string program, string database)
    {
        await SiloProcess.MigrateAsync(program, database);
        var cluster = new SideCluster(name);
        try
        {
            await cluster.StartAsync(program, database);
            await cluster.SeedAsync();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Users that nobody has heard of.</summary>
    public SubjectId[] NewUsers(int count) => [.. Enumerable.Range(0, count).Select(_ => SubjectId.User($"new-{Interlocked.Increment(ref _newUsers)}"))];

    /// <summary>Gives a role.</summary>
    public async ValueTask AssignAsync(SubjectId user) => Check(await _ports.Assignments.AssignAsync(Tenant, Role, new AssignmentDraft(user), Admin));

    /// <summary>Takes it back.</summary>
    public async ValueTask RevokeAsync(SubjectId user) => Check(await _ports.Assignments.RevokeAsync(Tenant, Role, user, null, Admin));

    /// <summary>A write that changes nothing.</summary>
    public async ValueTask ChangeNothingAsync() => Check(await _ports.Assignments.JoinTeamAsync(Tenant, Team, Member, Admin));

    /// <summary>A change of the model.</summary>
    public async ValueTask EditRoleAsync(bool adds) => Check(adds
        ? await _ports.Roles.AddPermissionAsync(Tenant, Edited, "invoice:pay", null, Admin)
        : await _ports.Roles.RemovePermissionAsync(Tenant, Edited, "invoice:pay", null, Admin));

    /// <summary>A question about one of those who are in memory.</summary>
    public async ValueTask EvaluateAsync(int i)
    {
        if (!Check(await _ports.Decisions.EvaluateAsync(Tenant, Questions[i % Users], DateTimeOffset.UtcNow)).IsAllowed)
        {
            throw new InvalidOperationException($"{Name}: {Readers[i % Users]} is not allowed");
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_client is not null)
        {
            await _client.StopAsync();
            _client.Dispose();
        }
        foreach (var silo in _silos)
        {
            silo.Dispose();
        }
        _data.Dispose();
    }

    private async Task StartAsync(string program, string database)
    {
        // The first one makes the administrator.
        _silos.Add(await SiloProcess.StartAsync(program, database, "--admin-key-file", Path.Combine(_data.Path, "admin.key")));
        while (_silos.Count < Silos)
        {
            _silos.Add(await SiloProcess.StartAsync(program, database));
        }
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.UseOrleansClient(client =>
        {
            client.UseStaticClustering([.. _silos.Select(silo => new IPEndPoint(IPAddress.Loopback, silo.Gateway))]);
            client.Configure<ClusterOptions>(cluster => (cluster.ServiceId, cluster.ClusterId) = ("authz", "authz"));
            client.Services.AddAuthzWire();
        });
        _client = builder.Build();
        await _client.StartAsync();
        _ports = new(_client.Services.GetRequiredService<IClusterClient>(), new ClusterCallOptions(), new OrderedIds(TimeProvider.System), TimeProvider.System);
    }

    private async Task SeedAsync()
    {
        Check(await _ports.Roles.CreateAsync(Tenant, new RoleDraft { Id = Role, Name = Role, Permissions = ["invoice:read"] }, Admin));
        Check(await _ports.Roles.CreateAsync(Tenant, new RoleDraft { Id = Edited, Name = Edited, Permissions = ["invoice:list"] }, Admin));
        await Parallel.ForAsync(0, Users, new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (i, _) => await AssignAsync(Readers[i]));
        await ChangeNothingAsync();
    }

    private T Check<T>(Result<T> result) => result.IsOk ? result.Value : throw new InvalidOperationException($"{Name}: {result.Error}");
}
