using AuthzCluster.Client.Orleans.Tests.Support;
using AuthzCluster.Conformance.Hosting;
using AuthzCluster.TestingHost;

namespace AuthzCluster.Client.Orleans.Tests;

/// <summary>Calls that take too long, or whose caller does not want to wait.</summary>
public sealed class DeadlineTests : IAsyncLifetime
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private readonly StoreProbe _store = new();
    private readonly ManualTimeProvider _clock = new(new DateTimeOffset(2026, 7, 1, 8, 0, 0, TimeSpan.Zero));
    private AuthzTestCluster _cluster = null!;
    private GrainClients _clients = null!;

    public async Task InitializeAsync()
    {
        _cluster = await AuthzTestCluster.StartAsync(new AuthzTestOptions { WrapStore = _store.Around });
        var key = await _cluster.ReadAdminKeyAsync();
        _clients = new GrainClients(_cluster, options => (options.ApiKey, options.Timeout, options.DeadlineClock) = (key, Timeout, _clock));
    }

    public async Task DisposeAsync()
    {
        _store.Heal();
        _clients.Dispose();
        await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task Write_CancelledWhileItIsDone_EndsTheWaitAtOnce_AndIsDoneOnceUnderItsKey()
    {
        using var cancel = new CancellationTokenSource();
        var (reached, proceed) = _store.HoldCommits(commit => commit.Request is not null);
        var write = _clients.Roles.AssignRoleAsync("alice", "viewer", idempotencyKey: "order-17", cancellationToken: cancel.Token);
        await reached.Task;

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => write);

        proceed.SetResult();
        var made = await _clients.Roles.AssignRoleAsync("alice", "viewer", idempotencyKey: "order-17");
        Assert.Equal(made.AssignmentId, Assert.Single(await _clients.Roles.GetRoleAssignmentsAsync("viewer")).AssignmentId);
    }

    [Fact]
    public async Task Write_BeyondItsDeadline_TellsItsKey_UnderWhichItIsDoneOnce()
    {
        var (reached, proceed) = _store.HoldCommits(commit => commit.Request is not null);
        var write = _clients.Roles.CreateRoleAsync(new RoleBuilder().WithId("r1").WithName("clerk").Build());
        await reached.Task;

        _clock.Advance(Timeout);
        var late = await Assert.ThrowsAsync<DeadlineExceededException>(() => write);
        Assert.Equal((AuthzFailure.DeadlineExceeded, 32), (late.Code, late.IdempotencyKey!.Length));

        proceed.SetResult();
        var made = await _clients.Roles.CreateRoleAsync(new RoleBuilder().WithId("r1").WithName("clerk").Build(), late.IdempotencyKey);
        Assert.Equal(1, made.Version);
    }

    [Fact]
    public async Task Write_WhoseDeadlineIsOverBeforeItBegins_IsNotDone()
    {
        var asked = new TaskCompletionSource();
        var given = new TaskCompletionSource<string>();
        using var slow = new GrainClients(_cluster, options => (options.ApiKeyProvider, options.Timeout, options.DeadlineClock) = (
            async _ =>
            {
                asked.SetResult();
                return await given.Task;
            },
            Timeout, _clock));
        var write = slow.Roles.AssignRoleAsync("alice", "viewer");
        await asked.Task;

        _clock.Advance(Timeout);
        await Assert.ThrowsAsync<DeadlineExceededException>(() => write);
        given.SetResult(await _cluster.ReadAdminKeyAsync());

        Assert.Empty(await _clients.Roles.GetRoleAssignmentsAsync("viewer"));
    }

    [Fact]
    public async Task Write_RefusedForTheMoment_IsDoneByARepeat()
    {
        _clients.Dispose();
        _clients = new GrainClients(_cluster, options => options.ApiKeyProvider = async _ => await _cluster.ReadAdminKeyAsync());
        _cluster.FailNextWrite(WriteFault.NotDone);
        _cluster.FailNextWrite(WriteFault.DoneUnknown);

        var made = await _clients.Roles.AssignRoleAsync("alice", "viewer");

        Assert.Equal(made.AssignmentId, Assert.Single(await _clients.Roles.GetRoleAssignmentsAsync("viewer")).AssignmentId);
    }

    [Fact]
    public async Task Write_RefusedAgainAndAgain_IsUnavailable_AndNotDone()
    {
        _clients.Dispose();
        _clients = new GrainClients(_cluster, options => options.ApiKeyProvider = async _ => await _cluster.ReadAdminKeyAsync());
        for (var i = 0; i < 4; i++)
        {
            _cluster.FailNextWrite(WriteFault.NotDone);
        }

        var refused = await Assert.ThrowsAsync<UnavailableException>(() => _clients.Roles.AssignRoleAsync("alice", "viewer"));

        Assert.Equal(("unavailable", 503, 32), (refused.Code, refused.Status, refused.IdempotencyKey!.Length));
        Assert.Empty(await _clients.Roles.GetRoleAssignmentsAsync("viewer"));
    }
}
