using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Actors.Views;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Conformance.Hosting;

namespace AuthzCluster.Conformance.Suites;

/// <summary>A role that is made with its first assignments: all of it or nothing, wherever it is cut off.</summary>
public abstract class MakingSuite(IHostFixture host) : HostSuite(host)
{
    private static readonly RoleId Reader = new("reader-id");
    private static readonly SubjectId[] Few = [SubjectId.User("alice"), SubjectId.Team("blue"), new("service", "robot"), SubjectId.User("alice")];

    [Theory]
    [InlineData("user:mallory")]
    [InlineData("team:red")]
    public async Task Create_ByOneWhoMayNotGiveIt_IsRefusedAndUndone(string principal)
    {
        await RoleAsync("maker", "authz.roles:create", "invoices:read");
        await RoleAsync("giver", "authz.assignments:create");
        Ok(await AssignAsync("bob", "maker"));
        Ok(await AssignAsync("carol", "giver"));
        Ok(await AssignAsync("carol", "maker"));
        var draft = new RoleDraft { Name = "made", Permissions = ["invoices:read"], AssignedTo = [SubjectId.Parse(principal)] };
        var (bob, carol) = (new Caller(SubjectId.User("bob"), "b"), new Caller(SubjectId.User("carol"), "c"));

        Refused(ErrorCode.Forbidden, await Host.Roles.CreateAsync(Tenant, draft, bob));
        Refused(ErrorCode.RoleNotFound, await Host.Roles.GetAsync(Tenant, "made"));
        Refused(ErrorCode.Forbidden, await Host.Roles.CreateAsync(Tenant, draft with { Permissions = ["orders:read"] }, carol));
        Refused(ErrorCode.Forbidden, await Host.Roles.CreateAsync(Tenant, draft, new Caller(SubjectId.User("dave"), "d")));
        Ok(await Host.Roles.CreateAsync(Tenant, draft, carol));
        Assert.Equal(SubjectId.Parse(principal), Assert.Single(await HoldersAsync("made")).Principal);
    }

    [Fact]
    public async Task Create_Assigned_IsActiveAndHeldByEach()
    {
        var made = Ok(await CreateAsync(Few));

        Assert.Equal((true, false, 2L), (made.Role.IsActive, made.Role.IsBeingMade, made.UserCount));
        Assert.True(await MayAsync("alice", "invoices:read"));
        Assert.True(await MayAsync("service:robot", "invoices:read"));
        Assert.Equal(3, (await HoldersAsync("reader")).Count);
        Assert.All(await AuditAsync("role.assigned"), record => Assert.Equal("user:admin", record.Actor));
        await Host.RestartAsync();
        Assert.True(await MayAsync("alice", "invoices:read"));
    }

    [Fact]
    public async Task Create_AssignedToAThousand_GivesItToEach()
    {
        Ok(await CreateAsync([.. Enumerable.Range(0, 1_000).Select(i => SubjectId.User($"user{i}"))]));
        Assert.Equal(1_000, Ok(await Host.Roles.GetAsync(Tenant, "reader")).UserCount);
        Assert.True(await MayAsync("user999", "invoices:read"));
    }

    [Fact]
    public async Task Create_WishedInactive_StaysInactive()
    {
        var made = Ok(await CreateAsync(Few, isActive: false));
        Assert.Equal((false, false), (made.Role.IsActive, made.Role.IsBeingMade));
        Assert.False(await MayAsync("alice", "invoices:read"));
        Assert.Equal(3, (await HoldersAsync("reader")).Count);
    }

    [Fact]
    public async Task Create_BadPrincipalOrName_ChangesNothing()
    {
        Refused(ErrorCode.ValidationFailed, await CreateAsync([.. Few, new("a:b", "x")]));
        Ok(await Host.Roles.CreateAsync(Tenant, new RoleDraft { Name = "reader" }, Admin));
        Refused(ErrorCode.RoleAlreadyExists, await CreateAsync(Few));
        Assert.Empty(await HoldersAsync("reader"));
        Assert.Empty(await AuditAsync("role.assigned"));
        Refused(ErrorCode.TenantNotFound, await Host.Roles.CreateAsync(new("nowhere"), new RoleDraft { Name = "reader", AssignedTo = Few }, Admin));
    }

    [Fact]
    public async Task Create_OnePrincipalRefused_UndoesTheOthersAndTheNameIsFree()
    {
        await FillAsync("full");

        Refused(ErrorCode.InvalidState, await CreateAsync([.. Enumerable.Range(0, 70).Select(i => SubjectId.User($"user{i}")), SubjectId.User("full")]));

        Refused(ErrorCode.RoleNotFound, await Host.Roles.GetAsync(Tenant, "reader"));
        Assert.False(await MayAsync("user0", "invoices:read"));
        Assert.Equal(70, (await AuditAsync("role.revoked")).Count);
        Assert.Equal("role.deleted", (await AuditAsync())[^1].Entry.Action);
        Ok(await CreateAsync(Few));
    }

    [Fact]
    public async Task Create_CutOffAtEachCommit_IsWholeOrGoneAfterTheRestart()
    {
        var ends = new HashSet<bool>();
        for (var step = 1; ; step++)
        {
            var left = step;
            Host.Store.FailCommits(_ => Interlocked.Decrement(ref left) == 0 ? CommitFault.DieAfter : CommitFault.None);
            var made = await CreateAsync(Few);
            if (Volatile.Read(ref left) > 0)
            {
                Ok(made);
                Host.Store.Heal();
                break;
            }
            await Host.CrashAndRestartAsync();
            Host.Store.Heal();
            // An edit of the role, too, finds it settled; a POST goes through where it was undone.
            ends.Add(await SettledAsync());
            if ((await Host.Roles.GetAsync(Tenant, "reader")).IsOk)
            {
                Ok(await Host.Roles.DeleteAsync(Tenant, "reader", true, null, Admin));
            }
        }
        Assert.Equal(2, ends.Count);
    }

    [Theory]
    [InlineData(CommitFault.FailBefore)]
    [InlineData(CommitFault.FailAfter)]
    [InlineData(CommitFault.Conflict)]
    public async Task Create_EachCommitFailsInTurn_IsWholeOrUndone(CommitFault fault)
    {
        for (var step = 1; ; step++)
        {
            var left = step;
            Host.Store.FailCommits(_ => Interlocked.Decrement(ref left) == 0 ? fault : CommitFault.None);
            var made = await CreateAsync(Few);
            Host.Store.Heal();
            if (Volatile.Read(ref left) > 0)
            {
                Ok(made);
                break;
            }
            var isMade = await SettledAsync();
            Assert.True(isMade || !made.IsOk);
            if (isMade)
            {
                Ok(await Host.Roles.DeleteAsync(Tenant, "reader", true, null, Admin));
            }
        }
    }

    [Fact]
    public async Task Create_CutOff_DueWorkUndoesItByItself()
    {
        Host.Store.FailCommits(commit => commit.Key == ActorKey.Of(Tenant, SubjectId.User("alice")) ? CommitFault.DieAfter : CommitFault.None);
        Refused(ErrorCode.Unavailable, await CreateAsync(Few));
        var ended = Host.Store.CommittedAsync(commit => commit.Key == ActorKey.Of(Tenant, Reader) && commit.State is null);
        await Host.CrashAndRestartAsync();
        Host.Store.Heal();
        await ended;

        Refused(ErrorCode.RoleNotFound, await Host.Roles.GetAsync(Tenant, "reader"));
        Assert.Equal(AssignmentStatus.Revoked, Assert.Single(Ok(
            await Host.Assignments.ListByPrincipalAsync(Tenant, SubjectId.User("alice"), null, true))).Status);
    }

    [Fact]
    public async Task Create_ARoleOfThatIdComesFirst_IsLeftAlone()
    {
        // Between the intent and the role's commit another makes it, and then this one is cut off.
        var (reached, proceed) = Host.Store.HoldCommits(commit => commit.Key == ActorKey.Of(Tenant, Reader));
        var making = Task.Run(() => CreateAsync(Few));
        await reached.Task;
        Ok(await Host.Roles.CreateAsync(Tenant, new RoleDraft { Id = Reader.Value, Name = "theirs", Permissions = ["a:b"], IsActive = false }, Admin));
        proceed.SetResult();

        Refused(ErrorCode.RoleAlreadyExists, await making);
        Assert.False(Ok(await Host.Roles.GetAsync(Tenant, "theirs")).Role.IsBeingMade);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Create_DeletedOrRenamedMeanwhile_WaitsForTheEnd(bool isDeleted)
    {
        var (reached, proceed) = Host.Store.HoldCommits(commit => commit.Key == ActorKey.Of(Tenant, SubjectId.User("alice")));
        var making = Task.Run(() => CreateAsync(Few));
        await reached.Task;
        var other = isDeleted
            ? Task.Run(async () => (await Host.Roles.DeleteAsync(Tenant, "reader", true, null, Admin)).Error)
            : Task.Run(async () => (await Host.Roles.ReplaceAsync(Tenant, "reader", new RoleDraft { Name = "renamed", Permissions = ["invoices:read"] }, null, Admin)).Error);
        Host.Store.Before(null);
        proceed.SetResult();

        Assert.Equal("reader", Ok(await making).Role.Name);
        Assert.Null(await other);
        Assert.Equal(!isDeleted, await MayAsync("alice", "invoices:read"));
        Assert.Equal(!isDeleted, (await Host.Roles.GetAsync(Tenant, "renamed")).IsOk);
    }

    [Fact]
    public async Task Create_SameAgainAtOnce_OneIsMade()
    {
        var made = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => CreateAsync(Few))));

        Assert.Single(made, result => result.IsOk);
        Assert.All(made.Where(result => !result.IsOk), result => Refused(ErrorCode.RoleAlreadyExists, result));
        Assert.Equal(3, (await HoldersAsync("reader")).Count);
    }

    /// <summary>Whether the role is there, with all that it was to have; where not, that nothing is.</summary>
    private async Task<bool> SettledAsync()
    {
        var edited = await Host.Roles.AddPermissionAsync(Tenant, Reader.Value, "orders:read", null, Admin);
        var found = await Host.Roles.GetAsync(Tenant, Reader.Value);
        Assert.Equal(edited.IsOk, found.IsOk);
        Assert.Equal(found.IsOk, await MayAsync("alice", "invoices:read"));
        Assert.Equal(found.IsOk, await MayAsync("service:robot", "invoices:read"));
        Assert.Equal(found.IsOk, Ok(await Host.Assignments.ListByPrincipalAsync(Tenant, SubjectId.Team("blue"), null, false)).Count == 1);
        Assert.True(!found.IsOk || found.Value!.Role is { IsActive: true, IsBeingMade: false });
        return found.IsOk;
    }

    private async Task FillAsync(string user)
    {
        await RoleAsync("filler");
        for (var i = 0; i < 1_000; i++)
        {
            Ok(await Host.Assignments.AssignAsync(Tenant, "filler", new AssignmentDraft(SubjectId.User(user))
            {
                Scope = Domain.Attributes.AttributeBag.Of(("n", Domain.Attributes.AttributeValue.Of((decimal)i))),
            }, Admin));
        }
    }

    private Task<Result<RoleView>> CreateAsync(IReadOnlyList<SubjectId> principals, bool isActive = true) => Host.Roles.CreateAsync(
        Tenant, new RoleDraft { Id = Reader.Value, Name = "reader", Permissions = ["invoices:read"], IsActive = isActive, AssignedTo = principals }, Admin);
}
