using AuthzCluster.Actors.Ports;
using AuthzCluster.Client;
using AuthzCluster.Client.Orleans.Calls;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Grains.Abstractions.Calls;
using AuthzCluster.Hosting;
using AuthzCluster.Testing;
using AuthzCluster.Testing.Cases;
using AuthzCluster.TestingHost.Running;
using AuthzCluster.TestingHost.Storage;

namespace AuthzCluster.TestingHost;

/// <summary>
/// A cluster of silos in this process, over storage of its own, and an Orleans client of it. Its clock stands still until it is
/// moved. Dispose stops it and removes its data.
/// </summary>
public sealed class AuthzTestCluster : IAsyncDisposable
{
    private readonly OpenStorage _storage;
    private readonly WriteFaults _faults = new();
    private readonly ITimer _keyUses;

    private AuthzTestCluster(AuthzTestOptions options, OpenStorage storage)
    {
        // As exact as what is stored.
        var start = options.StartTime ?? DateTimeOffset.UtcNow;
        Time = new ManualTimeProvider(start.AddTicks(-(start.Ticks % TimeSpan.TicksPerMicrosecond)).ToUniversalTime());
        _storage = storage;
        Silos = new RunningSilos(options, storage, _faults, Time);
        var minute = TimeSpan.FromMinutes(1);
        _keyUses = Time.CreateTimer(_ => Silos.Ports?.KeyUses.WriteAsync(), null, minute, minute);
    }

    /// <summary>The clock of the service. <see cref="AdvanceAsync"/> moves it and waits for what becomes due.</summary>
    public ManualTimeProvider Time { get; }

    /// <summary>An Orleans client of the cluster.</summary>
    public IClusterClient Client => Silos.Client;

    /// <summary>All ports of the service, by way of the client; refusals are values here.</summary>
    public ClusterPorts Ports => Silos.Ports!;

    /// <summary>
    /// Asks as a backend service does that has the administrator's key, by way of the client. In the tenant <c>default</c>;
    /// <c>ForTenant</c> gives others.
    /// </summary>
    public IAuthorizationClient Authorization => new GrainAuthorizationClient(Silos.Calls);

    /// <summary>Manages roles as a backend service does that has the administrator's key. In the tenant <c>default</c>; <c>ForTenant</c> gives others.</summary>
    public IRoleService Roles => new GrainRoleService(Silos.Calls);

    /// <summary>How many silos run.</summary>
    public int SiloCount => Silos.Count;

    /// <summary>Makes roles, assignments and the like in the tenant <c>default</c>: say what, then await it.</summary>
    public AuthzSeed Seed => new(this, TenantId.Default);

    internal RunningSilos Silos { get; }

    /// <summary>Starts one of so many silos, in memory.</summary>
    /// <exception cref="ArgumentException">There cannot be so many.</exception>
    public static Task<AuthzTestCluster> StartAsync(int silos = 2) => StartAsync(new AuthzTestOptions { Silos = silos });

    /// <summary>Starts one.</summary>
    /// <exception cref="ArgumentException">An option is wrong; the message names it.</exception>
    public static async Task<AuthzTestCluster> StartAsync(AuthzTestOptions options)
    {
        options.Validate();
        var cluster = new AuthzTestCluster(options, await options.Storage.OpenAsync());
        try
        {
            await cluster.Silos.StartAsync();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>The same as <see cref="Seed"/> in another tenant, which is made where it is not there.</summary>
    public AuthzSeed SeedIn(string tenant) => new(this, new TenantId(tenant));

    /// <summary>
    /// Makes what a case file (<c>*.authz.yaml</c>) says of roles, teams, subjects, entities and administrators; what it tries and
    /// asks is left out. Where the file has a <c>now</c>, the clock is moved to it.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="tenant">Where; made, or given the case's packs. Default: <c>default</c>.</param>
    /// <returns>The case, as it was read.</returns>
    /// <exception cref="CaseFormatException">The file breaks the format; the message names the line.</exception>
    /// <exception cref="InvalidOperationException">Something was refused, or the clock is beyond the file's <c>now</c> already.</exception>
    public async Task<AuthzCase> SeedAsync(string path, string? tenant = null)
    {
        var read = CaseReader.Read(Path.GetFileName(path), await File.ReadAllTextAsync(path), Time.GetUtcNow());
        if (read.Now < Time.GetUtcNow())
        {
            throw new InvalidOperationException($"{read.Name} is about {read.Now:O}, but the clock stands at {Time.GetUtcNow():O} already");
        }
        await AdvanceAsync(read.Now - Time.GetUtcNow());
        await new AuthzSeed(this, tenant is null ? TenantId.Default : new TenantId(tenant)).Case(read);
        return read;
    }

    /// <summary>Whether a subject (<c>alice</c>, <c>service:ci</c>) has a permission now.</summary>
    /// <param name="subject">Who; without a type a user.</param>
    /// <param name="permission">What.</param>
    /// <param name="tenant">Where. Default: <c>default</c>.</param>
    /// <exception cref="InvalidOperationException">The question was refused; the message says why.</exception>
    public async Task<bool> MayAsync(string subject, string permission, string? tenant = null) =>
        (await EvaluateAsync(new AccessRequest { Subject = SubjectId.Parse(subject), Permission = Permission.Parse(permission) }, tenant)).IsAllowed;

    /// <summary>The whole decision about a question, now.</summary>
    /// <param name="request">The question.</param>
    /// <param name="tenant">Where. Default: <c>default</c>.</param>
    /// <exception cref="InvalidOperationException">The question was refused; the message says why.</exception>
    public async Task<Decision> EvaluateAsync(AccessRequest request, string? tenant = null)
    {
        var answer = await Ports.Decisions.EvaluateAsync(tenant is null ? TenantId.Default : new TenantId(tenant), request, Time.GetUtcNow());
        return answer.IsOk ? answer.Value : throw new InvalidOperationException($"the question was refused: {answer.Error.Code}: {answer.Error.Detail}");
    }

    /// <summary>
    /// The administrator's API key (<c>service:admin</c>, which may everything), for an application under test; made when it is first asked for.
    /// </summary>
    /// <exception cref="InvalidOperationException">It could not be made; the message says why.</exception>
    public Task<string> ReadAdminKeyAsync() => Silos.AdminKey.ReadAsync();

    /// <summary>Moves the clock, and completes when all that became due is done: ended assignments are told, interrupted work is finished.</summary>
    /// <param name="by">Not negative.</param>
    /// <exception cref="InvalidOperationException">Something that is due cannot be done; the message says what and why.</exception>
    public async Task AdvanceAsync(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        Time.Advance(by);
        await Silos.DoDueWorkAsync();
    }

    /// <summary>
    /// Kills a silo as a crash does: nothing that it still has in hand is written. Completes when the other silos have noticed.
    /// At least one must remain.
    /// </summary>
    /// <param name="index">Which of those that run, in the order of their start.</param>
    public Task KillSiloAsync(int index = 0) => Silos.KillAsync(index);

    /// <summary>Stops a silo in an orderly way. Completes when the other silos have noticed. At least one must remain.</summary>
    /// <param name="index">Which of those that run, in the order of their start.</param>
    public Task StopSiloAsync(int index = 0) => Silos.StopAsync(index);

    /// <summary>Adds a silo. Completes when all silos know it.</summary>
    public Task AddSiloAsync() => Silos.AddAsync();

    /// <summary>Lets the next write fail that a caller asks for, whoever that is. Each call lets one more fail.</summary>
    public void FailNextWrite(WriteFault fault = WriteFault.NotDone) => _faults.Add(fault);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _keyUses.DisposeAsync();
        await Silos.DisposeAsync();
        await _storage.CloseAsync();
    }
}
