using AuthzCluster.Actors.Finality;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Actors.Writers;
using AuthzCluster.Actors.Contracts;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Entities;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Grains.Node;
using AuthzCluster.Grains.Replicas;
using AuthzCluster.Testing;

namespace AuthzCluster.Grains.Tests.Hazards;

/// <summary>What an acknowledgement must have announced where turns of two activations, or the life of a tenant, get in its way.</summary>
public sealed class AcknowledgementTests : IAsyncLifetime
{
    private static readonly SubjectId Alice = SubjectId.User("alice");
    private static readonly RoleId Reader = new("reader");
    private static readonly AssignmentDraft Draft = new(Alice);
    private static readonly ActorKey Key = ActorKey.Of(BareCluster.Tenant, Alice);

    private BareCluster _cluster = null!;

    public async Task InitializeAsync()
    {
        _cluster = await BareCluster.StartAsync();
        await _cluster.RoleAsync("reader", "invoices:read");
    }

    public Task DisposeAsync() => _cluster.DisposeAsync().AsTask();

    [Fact]
    public async Task Repeat_FoundDoneByAnotherWhoNeverAnnouncedIt_AnnouncesIt()
    {
        var (one, other) = (new LoneNode(_cluster), new LoneNode(_cluster));
        var (first, second) = (ActorOn(one), ActorOn(other));
        BareCluster.Ok(await first.AssignAsync(Reader, Draft, BareCluster.Admin));
        BareCluster.Ok(await second.AssignAsync(Reader, Draft, BareCluster.Admin));
        var request = BareCluster.Admin with { Request = RequestKey.Own(BareCluster.Tenant, "again").Again() };
        one.IsMute = true;
        Assert.False((await first.RevokeAsync(Reader, null, BareCluster.Admin)).IsOk);
        Assert.False((await first.AssignAsync(Reader, Draft, request)).IsOk);

        // For the second nothing has changed since its own turn.
        BareCluster.Ok(await second.AssignAsync(Reader, Draft, request));
        Assert.Equal((Key, 3), other.Announced[^1]);
    }

    [Fact]
    public async Task Commit_WhoseTenantGoesBeforeItCanBeReadAgain_IsAnnounced()
    {
        var node = new LoneNode(_cluster);
        var actor = ActorOn(node);
        BareCluster.Ok(await actor.AssignAsync(Reader, Draft, BareCluster.Admin));
        node.Announced.Clear();
        node.Hook.BehindCommit = () =>
        {
            node.Cells.Raise(Key, long.MaxValue);
            node.Finds.Enqueue(false);
        };

        BareCluster.Ok(await actor.RevokeAsync(Reader, null, BareCluster.Admin));
        Assert.Equal([(Key, long.MaxValue)], node.Announced);
    }

    [Fact]
    public async Task Commit_BehindWhichTheLeaseIsGone_IsNotToldToHaveChangedNothing()
    {
        var node = new LoneNode(_cluster);
        node.Hook.BehindCommit = () =>
        {
            node.Cells.Lease = null;
            node.Cells.Raise(Key, long.MaxValue);
        };

        var refused = (await ActorOn(node).AssignAsync(Reader, Draft, BareCluster.Admin)).Error!;
        Assert.Equal(Domain.Errors.ErrorCode.Unavailable, refused.Code);
        Assert.DoesNotContain("nothing was changed", refused.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Turn_WhoseTenantWentAndCameAgain_DoesNotGoByWhatItHadBefore()
    {
        var node = new LoneNode(_cluster);
        var actor = ActorOn(node);
        BareCluster.Ok(await actor.AssignAsync(Reader, Draft, BareCluster.Admin));
        node.Cells.RaiseAll(BareCluster.Tenant);
        node.Finds.Enqueue(false);

        Assert.Equal(Domain.Errors.ErrorCode.TenantNotFound, (await actor.AssignAsync(Reader, Draft, BareCluster.Admin)).Error?.Code);
    }

    [Fact]
    public async Task Tenant_MadeAgainBehindAPurgeThatWasNotAnnounced_IsNotStillBeingRemovedAnywhere()
    {
        var acme = new TenantId("acme");
        var (node, key) = (new LoneNode(_cluster), ActorKey.Of(acme));
        var copy = new Cell<ModelState>(key, node.Cells);
        var patch = new TenantPatch { DisplayName = "Acme" };
        var first = new TenantHierarchyActor(acme, _cluster.Silo.Rights, node.Ports);
        BareCluster.Ok(await first.CreateAsync(patch, BareCluster.Admin));
        BareCluster.Ok(await first.DeleteAsync(null, BareCluster.Admin));
        var revision = node.Announced[^1].Revision;
        node.IsMute = true;
        Assert.False((await first.PurgeAsync()).IsOk);
        // Read before the purge, by another node.
        Assert.True(copy.TryTake(copy.Begin(), ModelState.BeingRemoved, revision));

        node.IsMute = false;
        BareCluster.Ok(await new TenantHierarchyActor(acme, _cluster.Silo.Rights, node.Ports).CreateAsync(patch, BareCluster.Admin));
        Assert.Null(copy.Current);
    }

    [Fact]
    public async Task Assignment_OfARoleWhoseWriterNeverAnnouncedIt_CountsWhereTheRoleWasNotKnown()
    {
        Assert.False(await _cluster.MayAsync("alice", "ghosts:see"));
        var ghost = new RoleEdit.Create(new RoleId("ghost"), new RoleDraft { Name = "ghost", Permissions = ["ghosts:see"] });
        Assert.False((await Mute().EditRoleAsync(ghost, BareCluster.Admin)).IsOk);

        var (ports, replicas) = Elsewhere();
        var actor = new UserAssignmentsActor(BareCluster.Tenant, Alice, replicas.Of(BareCluster.Tenant), replicas, _cluster.Silo.Rights, ports);
        BareCluster.Ok(await actor.AssignAsync(ghost.Role, Draft, BareCluster.Admin));
        Assert.True(await _cluster.MayAsync("alice", "ghosts:see"));
    }

    [Fact]
    public async Task Entity_OfATypeWhoseWriterNeverAnnouncedIt_CountsWhereTheTypeWasNotKnown()
    {
        var here = _cluster.Silo.Replicas.Of(BareCluster.Tenant);
        Assert.False((await here.LoadAsync())!.StoresEntitiesOf("ghost"));
        Assert.False((await Mute().AddEntityTypeAsync("ghost")).IsOk);

        var (ports, replicas) = Elsewhere();
        var actor = new EntityActor(BareCluster.Tenant, new EntityId("ghost", "1"), _cluster.Silo.Directory, replicas.Of(BareCluster.Tenant), _cluster.Silo.Rights, ports);
        BareCluster.Ok(await actor.PutAsync(AttributeBag.Empty, null, BareCluster.Admin));
        Assert.True((await here.LoadAsync())!.StoresEntitiesOf("ghost"));
    }

    [Fact]
    public async Task Expiry_WrittenDownByManyElsewhereAndNeverAnnounced_ChangesNoAnswerAndIsToldOnce()
    {
        var (node, elsewhere) = (new LoneNode(_cluster), new LoneNode(_cluster) { IsMute = true });
        var end = node.Ports.Now().AddHours(1);
        var later = new ManualTimeProvider(end);
        BareCluster.Ok(await ActorOn(node).AssignAsync(Reader, Draft with { ExpiresAt = end }, BareCluster.Admin));
        var holder = new UserAssignmentsActor(BareCluster.Tenant, Alice, node, _cluster.Silo.Replicas, _cluster.Silo.Rights, node.Ports with { Time = later });
        await holder.LoadAsync();

        var expiry = new SiloExpiry(_cluster.Silo.Replicas, _cluster.Silo.Rights, elsewhere.Ports with { Time = later });
        var done = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => expiry.ExpireAsync(BareCluster.Tenant, Alice)));

        Assert.Single(done, BareCluster.Ok);
        // It has what was stored before, and goes by the time.
        Assert.Single(BareCluster.Ok(await holder.ReadAsync()).Live);
        Assert.False(BareCluster.Ok(await holder.EvaluateAsync(Question, end)).IsAllowed);
        Assert.True(BareCluster.Ok(await holder.EvaluateAsync(Question, end.AddMicroseconds(-1))).IsAllowed);
        Assert.Equal(Domain.Errors.ErrorCode.AssignmentNotFound, (await holder.RevokeAsync(Reader, null, BareCluster.Admin)).Error?.Code);
        // What it writes next finds it done.
        BareCluster.Ok(await holder.AssignAsync(Reader, Draft, BareCluster.Admin));
        var held = BareCluster.Ok(await holder.ReadAsync());
        Assert.Equal((1, 1), (held.Live.Length, held.History.Length));
        Assert.Single(BareCluster.Ok(await _cluster.Inside.AuditTrail.ListAsync(BareCluster.Tenant, new AuditQuery(null, 100) { Action = "role.expired" })).Items);
    }

    private static AccessRequest Question => BareCluster.Question("alice", "invoices:read");

    private TenantHierarchyActor Mute() => new(BareCluster.Tenant, _cluster.Silo.Rights, new LoneNode(_cluster) { IsMute = true }.Ports);

    // A node that has read nothing yet, whose announcements come to the silo.
    private (ActorPorts Ports, NodeReplicas Replicas) Elsewhere()
    {
        var ports = _cluster.Silo.Ports with { Cells = new CellTable { Lease = NodeLease.Always } };
        return (ports, new NodeReplicas(ports));
    }

    private UserAssignmentsActor ActorOn(LoneNode node) => new(BareCluster.Tenant, Alice, node, _cluster.Silo.Replicas, _cluster.Silo.Rights, node.Ports);
}
