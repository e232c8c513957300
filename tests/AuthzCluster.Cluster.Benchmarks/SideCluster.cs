using System.Diagnostics;
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
using ErrorCode = AuthzCluster.Domain.Errors.ErrorCode;

namespace AuthzCluster.Cluster.Benchmarks;

/// <summary>Three silos of one build on a database of their own, a client of them, and what is measured through it.</summary>
internal sealed class SideCluster : IAsyncDisposable
{
    private const int Silos = 3, Users = 1024;
    private const string AdminKey = "admin.key", Role = "reader", Edited = "edited", Team = "team";
    private static readonly TenantId Tenant = TenantId.Default;
    private static readonly Caller Admin = new(ApiKeyId.Admin.Subject, "bench") { ReachesSystem = true };
    private static readonly SubjectId Member = SubjectId.User("member");
    private static readonly SubjectId[] Readers = [.. Enumerable.Range(0, Users).Select(user => SubjectId.User($"user-{user}"))];
    private static readonly AccessRequest[] Questions =
        [.. Readers.Select(reader => new AccessRequest { Subject = reader, Permission = Permission.Parse("invoice:read"), ResourceId = "42" })];

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20), Patience = TimeSpan.FromSeconds(30);

    private readonly TemporaryDirectory _data = new();
    private readonly List<NodeProcess> _silos = [];
    private readonly OrderedIds _ids = new(TimeProvider.System);
    private IHost? _client;
    private ClusterPorts _ports = null!;
    private int _newUsers, _edits, _refusals;

    private SideCluster(string name) => Name = name;

    /// <summary>What it is called in the figures.</summary>
    public string Name { get; }

    /// <summary>The processor time that its silos and this process have taken.</summary>
    public TimeSpan ProcessorTime => _silos.Aggregate(Environment.CpuUsage.TotalTime, (sum, silo) => sum + silo.ProcessorTime);

    /// <summary>How often it refused for the moment; each time it was asked again, and the time counts.</summary>
    public int Refusals => _refusals;

    /// <summary>Starts one on an empty database, and fills it.</summary>
    /// <param name="name">What it is called in the figures.</param>
    /// <param name="program">The silo's dll.</param>
    /// <param name="database">How its database is connected to.</param>
    public static async Task<SideCluster> StartAsync(string name, string program, string database)
    {
        await NodeProcess.MigrateAsync(program, database);
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

    /// <summary>A user that nobody has heard of.</summary>
    public SubjectId NewUser() => SubjectId.User($"new-{Interlocked.Increment(ref _newUsers)}");

    /// <summary>Gives a role.</summary>
    public async ValueTask AssignAsync(SubjectId user) => await MustAsync(caller => _ports.Assignments.AssignAsync(Tenant, Role, new AssignmentDraft(user), caller));

    /// <summary>Takes it back.</summary>
    public async ValueTask RevokeAsync(SubjectId user) => await MustAsync(caller => _ports.Assignments.RevokeAsync(Tenant, Role, user, null, caller));

    /// <summary>A write that changes nothing.</summary>
    public async ValueTask ChangeNothingAsync() => await MustAsync(caller => _ports.Assignments.JoinTeamAsync(Tenant, Team, Member, caller));

    /// <summary>A change of the model.</summary>
    public async ValueTask EditRoleAsync()
    {
        var adds = _edits++ % 2 == 0;
        await MustAsync(caller => adds
            ? _ports.Roles.AddPermissionAsync(Tenant, Edited, "invoice:pay", null, caller)
            : _ports.Roles.RemovePermissionAsync(Tenant, Edited, "invoice:pay", null, caller));
    }

    /// <summary>Gives the edited role to so many users.</summary>
    public async ValueTask HoldByAsync(int holders)
    {
        foreach (var users in Enumerable.Range(0, holders).Chunk(10_000))
        {
            AssignmentRow[] rows = [.. users.Select(user => new AssignmentRow(Edited, new AssignmentDraft(SubjectId.User($"holder-{user}"))))];
            await MustAsync(caller => _ports.ModelTransfer.ImportAssignmentsAsync(Tenant, rows, dryRun: false, caller));
        }
    }

    /// <summary>Starts a gateway in front of it. It is ready once it answers its first question.</summary>
    public async Task<(NodeProcess Process, Uri Url, string Key)> StartGatewayAsync()
    {
        var (process, url) = await NodeProcess.StartGatewayAsync(_silos);
        return (process, url, (await File.ReadAllTextAsync(Path.Combine(_data.Path, AdminKey))).Trim());
    }

    /// <summary>Who is asked about through HTTP.</summary>
    public static string UserOf(int i) => Readers[i % Users].Id;

    /// <summary>A question about one of those who are in memory.</summary>
    public async ValueTask EvaluateAsync(int i)
    {
        var answer = await _ports.Decisions.EvaluateAsync(Tenant, Questions[i % Users], DateTimeOffset.UtcNow);
        var decision = answer.IsOk ? answer.Value : await MustAsync(_ => _ports.Decisions.EvaluateAsync(Tenant, Questions[i % Users], DateTimeOffset.UtcNow).AsTask());
        if (!decision.IsAllowed)
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
        _silos.Add(await NodeProcess.StartAsync(program, database, "--admin-key-file", Path.Combine(_data.Path, AdminKey)));
        while (_silos.Count < Silos)
        {
            _silos.Add(await NodeProcess.StartAsync(program, database));
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
        var grains = _client.Services.GetRequiredService<IClusterClient>();
        _ports = new(() => grains, new ClusterCallOptions(), _ids, TimeProvider.System);
    }

    private async Task SeedAsync()
    {
        await MustAsync(caller => _ports.Roles.CreateAsync(Tenant, new RoleDraft { Id = Role, Name = Role, Permissions = ["invoice:read"] }, caller));
        await MustAsync(caller => _ports.Roles.CreateAsync(Tenant, new RoleDraft { Id = Edited, Name = Edited, Permissions = ["invoice:list"] }, caller));
        await Parallel.ForAsync(0, Users, new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (i, _) => await AssignAsync(Readers[i]));
        await ChangeNothingAsync();
    }

    // As a caller does who repeats what was refused: under the same request id, so that it is done once.
    private async ValueTask<T> MustAsync<T>(Func<Caller, Task<Result<T>>> call)
    {
        var caller = Admin with { Request = RequestKey.Own(Tenant, _ids.Next()) };
        for (var start = Stopwatch.GetTimestamp(); ;)
        {
            var result = await call(caller);
            if (result.IsOk)
            {
                return result.Value;
            }
            if (result.Error.Code != ErrorCode.Unavailable || Stopwatch.GetElapsedTime(start) > Patience)
            {
                throw new InvalidOperationException($"{Name}: {result.Error}");
            }
            Interlocked.Increment(ref _refusals);
            caller = caller with { Request = caller.Request!.Again() };
            await Task.Delay(Pause);
        }
    }
}
