using AuthzCluster.Actors.Views;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Conformance.Hosting;

namespace AuthzCluster.Conformance.Suites;

/// <summary>Tenants come and go; nothing of one that went comes back.</summary>
public abstract class TenantSuite(IHostFixture host) : HostSuite(host)
{
    private static readonly TenantId Acme = new("acme/1");

    [Fact]
    public async Task Start_First_MakesDefaultAndSystem()
    {
        var tenants = Ok(await Host.Tenants.ListAsync(null, 10));
        Assert.Equal(["default", "system"], tenants.Items.Select(model => model.Id.Value));

        await Host.RestartAsync();
        Assert.Single(await AuditAsync("tenant.created"));
    }

    [Fact]
    public async Task Create_Twice_IsRefused()
    {
        await CreateAsync();
        Refused(ErrorCode.InvalidState, await Host.Tenants.CreateAsync(Acme, new TenantPatch(), Admin));
        Refused(ErrorCode.InvalidState, await Host.Tenants.DeleteAsync(TenantId.Default, null, Admin));
        Refused(ErrorCode.InvalidState, await Host.Tenants.DeleteAsync(TenantId.System, null, Admin));
    }

    [Fact]
    public async Task List_Pages_AreInOrderOfIds()
    {
        await CreateAsync();
        var first = Ok(await Host.Tenants.ListAsync(null, 2));
        Assert.Equal(["acme/1", "default"], first.Items.Select(model => model.Id.Value));
        var second = Ok(await Host.Tenants.ListAsync(first.Next, 2));
        Assert.Equal(["system"], second.Items.Select(model => model.Id.Value));
        Assert.Null(second.Next);
    }

    [Fact]
    public async Task Update_Packs_ChangesTheRolesThatCanBeAssigned()
    {
        await CreateAsync();
        Refused(ErrorCode.RoleNotFound, await AssignInAsync(Acme, "alice", "accountant"));
        var updated = Ok(await Host.Tenants.UpdateAsync(Acme, new TenantPatch { Packs = ["business", "standard"] }, 1, Admin));
        Ok(await AssignInAsync(Acme, "alice", "accountant"));

        Refused(ErrorCode.PreconditionFailed, await Host.Tenants.UpdateAsync(Acme, new TenantPatch { DisplayName = "x" }, 1, Admin));
        Ok(await Host.Assignments.RevokeAsync(Acme, "accountant", SubjectId.User("alice"), null, Admin));
        Ok(await Host.Tenants.UpdateAsync(Acme, new TenantPatch { Packs = ["standard"] }, updated.Revision, Admin));
        Refused(ErrorCode.RoleNotFound, await AssignInAsync(Acme, "bob", "accountant"));
    }

    [Theory]
    [InlineData("alice")]
    [InlineData("service:robot")]
    [InlineData("team:finance")]
    public async Task Update_PackWhoseRolesSomebodyHolds_StaysUntilNobodyDoes(string holder)
    {
        Ok(await Host.Tenants.CreateAsync(Acme, new TenantPatch { Packs = ["business", "standard"] }, Admin));
        Ok(await AssignInAsync(Acme, holder, "accountant", from: Now.AddHours(1), until: Now.AddHours(2)));
        // Of both packs: it stays.
        Ok(await AssignInAsync(Acme, holder, "super_admin"));

        var refused = await DropAsync();
        Refused(ErrorCode.RoleInUse, refused);
        Assert.Contains("accountant", refused.Error!.Detail, StringComparison.Ordinal);
        Assert.Equal(["business", "standard"], Ok(await Host.Tenants.GetAsync(Acme)).Packs.ToArray());
        Ok(await AssignInAsync(Acme, "bob", "guest"));
        Ok(await Host.Assignments.RevokeAsync(Acme, "guest", SubjectId.User("bob"), null, Admin));

        Ok(await Host.Assignments.RevokeAsync(Acme, "accountant", SubjectId.Parse(holder), null, Admin));
        Ok(await DropAsync());
        Assert.Equal("super_admin", Assert.Single(Ok(await Host.Assignments.ListByPrincipalAsync(Acme, SubjectId.Parse(holder), null, false))).RoleName);
    }

    [Fact]
    public async Task Update_PackOnlyHeldByWhatIsOver_Goes()
    {
        Ok(await Host.Tenants.CreateAsync(Acme, new TenantPatch { Packs = ["elections", "standard"] }, Admin));
        Ok(await AssignInAsync(Acme, "alice", "voter", until: Now.AddMilliseconds(1)));
        Refused(ErrorCode.RoleInUse, await DropAsync());
        Host.Time.Advance(TimeSpan.FromMilliseconds(1));

        Ok(await DropAsync());
        Assert.False(await MayAsync("alice", "votes:submit", Acme));
        // Again, and what was over stays over.
        Ok(await Host.Tenants.UpdateAsync(Acme, new TenantPatch { Packs = ["elections", "standard"] }, null, Admin));
        Assert.False(await MayAsync("alice", "votes:submit", Acme));
    }

    [Fact]
    public async Task Update_SystemWithoutStandard_IsRefused()
    {
        Refused(ErrorCode.InvalidState, await Host.Tenants.UpdateAsync(TenantId.System, new TenantPatch { Packs = [] }, null, Admin));
        Refused(ErrorCode.InvalidState, await Host.Tenants.UpdateAsync(TenantId.System, new TenantPatch { Packs = ["business"] }, null, Admin));
        Ok(await Host.Tenants.UpdateAsync(TenantId.System, new TenantPatch { Packs = ["business", "standard"] }, null, Admin));
    }

    [Fact]
    public async Task Update_PackDroppedBetweenDecisionAndCommitOfAGrant_GrantIsRefused()
    {
        Ok(await Host.Tenants.CreateAsync(Acme, new TenantPatch { Packs = ["elections", "standard"] }, Admin));
        var (reached, proceed) = Host.Store.HoldCommits(commit => commit.Key.IsSubject);
        var granting = Task.Run(() => AssignInAsync(Acme, "alice", "voter"));
        await reached.Task;
        Ok(await DropAsync());
        proceed.SetResult();

        Refused(ErrorCode.RoleNotFound, await granting);
        Ok(await Host.Tenants.UpdateAsync(Acme, new TenantPatch { Packs = ["elections", "standard"] }, null, Admin));
        Assert.False(await MayAsync("alice", "votes:submit", Acme));
    }

    [Fact]
    public async Task Update_GrantCommittedBetweenDecisionAndCommitOfTheDrop_PackStays()
    {
        Ok(await Host.Tenants.CreateAsync(Acme, new TenantPatch { Packs = ["elections", "standard"] }, Admin));
        var (reached, proceed) = Host.Store.HoldCommits(commit => commit.Key == ActorKey.Of(Acme));
        var dropping = Task.Run(DropAsync);
        await reached.Task;
        Ok(await AssignInAsync(Acme, "alice", "voter"));
        proceed.SetResult();

        Refused(ErrorCode.RoleInUse, await dropping);
        Assert.True(await MayAsync("alice", "votes:submit", Acme));
        Ok(await AssignInAsync(Acme, "bob", "voter"));
    }

    [Fact]
    public async Task Registry_AfterARestart_IsAsItWas()
    {
        await CreateAsync();
        Assert.True(Ok(await Host.Permissions.RegisterAsync(Acme, "invoices:read", "reading", Admin)));
        Assert.True(Ok(await Host.Permissions.RegisterAsync(Acme, "invoices:list", null, Admin)));
        Assert.False(Ok(await Host.Permissions.RegisterAsync(Acme, "invoices.read", "seeing", Admin)));
        Ok(await Host.Permissions.RemoveAsync(Acme, Domain.Permissions.Permission.Parse("invoices:list"), Admin));

        await Host.CrashAndRestartAsync();

        var entry = Assert.Single(Ok(await Host.Permissions.ListAsync(Acme, "invoices", null, 10)).Items);
        Assert.Equal(("invoices:read", "seeing", false), (entry.Permission.ToString(), entry.Description, entry.IsBuiltIn));
        Assert.Equal(
            ["tenant.created", "permission.registered", "permission.registered", "permission.registered", "permission.removed"],
            (await AuditAsync(Acme)).Select(record => record.Entry.Action));
        Refused(ErrorCode.TenantNotFound, await Host.Permissions.ListAsync(new TenantId("nowhere"), null, null, 10));
        Refused(ErrorCode.TenantNotFound, await Host.Permissions.RegisterAsync(new TenantId("nowhere"), "a:b", null, Admin));
    }

    [Fact]
    public async Task Delete_ThenCreateAgain_NothingComesBack()
    {
        await CreateAsync();
        await FillAsync();
        Assert.True(await MayAsync("alice", "anything:read", Acme));

        Ok(await Host.Tenants.DeleteAsync(Acme, null, Admin));
        Refused(ErrorCode.TenantNotFound, await EvaluateAsync("alice", "anything:read", Acme));
        Refused(ErrorCode.TenantNotFound, await Host.Tenants.GetAsync(Acme));
        Refused(ErrorCode.TenantNotFound, await Host.Tenants.DeleteAsync(Acme, null, Admin));
        Refused(ErrorCode.TenantNotFound, await AssignInAsync(Acme, "alice", "viewer"));

        await CreateAsync();
        Assert.False(await MayAsync("alice", "anything:read", Acme));
        Assert.False(await MayAsync("bob", "anything:read", Acme));
        Assert.Empty(Ok(await Host.Assignments.ListTeamsAsync(Acme, SubjectId.User("bob"))));
        Assert.Empty(Ok(await Host.Assignments.ListByRoleAsync(Acme, "viewer", new(null, 10))).Items);
        Assert.Contains("tenant.deleted", (await AuditAsync(Acme)).Select(record => record.Entry.Action));
    }

    [Fact]
    public async Task Delete_CutOffBeforeThePurge_IsCompletedAfterTheRestart()
    {
        await CreateAsync();
        await FillAsync();
        Host.Store.FailPurges(true);
        Refused(ErrorCode.Unavailable, await Host.Tenants.DeleteAsync(Acme, null, Admin));
        Refused(ErrorCode.TenantNotFound, await EvaluateAsync("alice", "anything:read", Acme));
        Refused(ErrorCode.InvalidState, await Host.Tenants.CreateAsync(Acme, new TenantPatch(), Admin));

        var purged = Host.Store.PurgedAsync(Acme);
        await Host.CrashAndRestartAsync();
        await purged;
        await CreateAsync();
        Assert.False(await MayAsync("alice", "anything:read", Acme));
    }

    [Fact]
    public async Task JoinTeam_DecidedBeforeTheRemovalCommittedAfter_IsRefused()
    {
        await CreateAsync();
        var (reached, proceed) = Host.Store.HoldCommits(commit => commit.Key.IsSubject);
        var joining = Task.Run(() => Host.Assignments.JoinTeamAsync(Acme, "finance", SubjectId.User("alice"), Admin));
        await reached.Task;
        var marked = Host.Store.CommittedAsync(commit => commit.Key == ActorKey.Of(Acme) && commit.State is { Length: 0 });
        var removing = Task.Run(() => Host.Tenants.DeleteAsync(Acme, null, Admin));
        await marked;
        proceed.SetResult();

        Refused(ErrorCode.TenantNotFound, await joining);
        Ok(await removing);
    }

    [Fact]
    public async Task Delete_RacingWithGrants_NothingComesBack()
    {
        for (var round = 0; round < 15; round++)
        {
            await CreateAsync();
            var stop = new CancellationTokenSource();
            var writers = Enumerable.Range(0, 4).Select(i => Task.Run(async () =>
            {
                for (var n = 0; !stop.IsCancellationRequested; n++)
                {
                    var given = await AssignInAsync(Acme, $"user{i}-{n % 5}", "viewer");
                    var joined = await Host.Assignments.JoinTeamAsync(Acme, "finance", SubjectId.User($"user{i}-{n % 5}"), Admin);
                    if (given.Error is { } error)
                    {
                        Assert.Contains(error.Code, new[] { ErrorCode.TenantNotFound, ErrorCode.RoleNotFound, ErrorCode.VersionConflict });
                    }
                    if (!given.IsOk && !joined.IsOk)
                    {
                        return;
                    }
                }
            })).ToArray();
            Ok(await Host.Tenants.DeleteAsync(Acme, null, Admin));
            await stop.CancelAsync();
            await Task.WhenAll(writers);

            await CreateAsync();
            for (var i = 0; i < 20; i++)
            {
                Assert.False(await MayAsync($"user{i / 5}-{i % 5}", "anything:read", Acme));
            }
            Assert.Empty(Ok(await Host.Assignments.ListTeamMembersAsync(Acme, "finance", null, 100)).Items);
            Ok(await Host.Tenants.DeleteAsync(Acme, null, Admin));
        }
    }

    private Task<Result<TenantView>> DropAsync() => Host.Tenants.UpdateAsync(Acme, new TenantPatch { Packs = ["standard"] }, null, Admin);

    private async Task CreateAsync() => Ok(await Host.Tenants.CreateAsync(Acme, new TenantPatch { DisplayName = "Acme" }, Admin));

    private async Task FillAsync()
    {
        Ok(await AssignInAsync(Acme, "alice", "viewer"));
        Ok(await AssignInAsync(Acme, "team:finance", "viewer"));
        Ok(await Host.Assignments.JoinTeamAsync(Acme, "finance", SubjectId.User("bob"), Admin));
    }
}
