using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Actors.Views;
using AuthzCluster.Conformance.Hosting;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Entities;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Conformance.Suites;

/// <summary>Requests of many commits of which a copy comes late: nothing of it is done behind what was acknowledged meanwhile.</summary>
public abstract class LatePartSuite(IHostFixture host) : RepeatedWrites(host)
{
    [Theory]
    [InlineData("alice")]
    [InlineData("team:blue")]
    public async Task ImportAssignments_CopyBehindARevoke_GivesNothing(string principal)
    {
        await RoleAsync("held", "a:read");
        var caller = Requesting("r");
        var first = Ok(await ImportAsync(caller, principal));
        Assert.Equal(RowStatus.Created, first.Rows[0].Status);
        Ok(await RevokeAsync(principal, "held"));

        Assert.Equal(first.Rows, Ok(await ImportAsync(caller, principal)).Rows);
        Assert.Equal(first.Rows, Ok(await ImportAsync(Again(caller), principal)).Rows);
        Assert.False(await HoldsAsync(principal));
    }

    [Theory]
    [InlineData("alice")]
    [InlineData("team:blue")]
    public async Task ImportAssignments_CopyOfWhatChangedNothing_BehindARevoke_GivesNothing(string principal)
    {
        await RoleAsync("held", "a:read");
        Ok(await AssignAsync(principal, "held", Admin));
        var caller = Requesting("r");
        Assert.Equal(RowStatus.Unchanged, Ok(await ImportAsync(caller, principal)).Rows[0].Status);
        Ok(await RevokeAsync(principal, "held"));

        Ok(await ImportAsync(caller, principal));
        Assert.False(await HoldsAsync(principal));
    }

    [Fact]
    public async Task ImportAssignments_MadeAgainWhileItStandsStill_DoesNotGiveWhatWasRevokedMeanwhile()
    {
        await RoleAsync("held", "a:read");
        var caller = Requesting("r");
        var given = Host.Store.CommittedAsync(commit => IsOf(commit, "alice"));
        var (reached, proceed) = Host.Store.HoldCommits(commit => IsOf(commit, "bob"));
        var first = ImportAsync(caller, "alice", "bob");
        await reached.Task;
        await given;
        Ok(await RevokeAsync("alice", "held"));

        var second = ImportAsync(Again(caller), "alice", "bob");
        proceed.SetResult();
        Assert.Equal(Ok(await first).Rows, Ok(await second).Rows);
        Assert.False(await HoldsAsync("alice"));
        Assert.True(await HoldsAsync("bob"));
    }

    [Fact]
    public async Task ImportEntities_CopyBehindADeletion_MakesNothing()
    {
        var caller = Requesting("r");
        EntityRow[] rows = [new(new EntityId("invoices", "1"), AttributeBag.Empty)];
        Ok(await Host.Entities.ImportAsync(Tenant, rows, false, caller));
        Ok(await Host.Entities.DeleteAsync(Tenant, rows[0].Id, null, Admin));

        Ok(await Host.Entities.ImportAsync(Tenant, rows, false, caller));
        Refused(ErrorCode.NotFound, await Host.Entities.GetAsync(Tenant, rows[0].Id));
    }

    [Fact]
    public async Task DeleteRole_CopyBehindAnotherOfItsId_TakesNothingFromThat()
    {
        var caller = Requesting("r");
        await MakeAsync();
        Ok(await Host.Roles.DeleteAsync(Tenant, "held", true, null, caller));
        await MakeAsync();

        await Host.Roles.DeleteAsync(Tenant, "held", true, null, caller);
        Assert.True(await HoldsAsync("alice"));
        Assert.True(await HoldsAsync("team:blue"));
        Ok(await Host.Roles.GetAsync(Tenant, "held"));

        async Task MakeAsync()
        {
            Ok(await Host.Roles.CreateAsync(Tenant, new RoleDraft { Id = "held", Name = "held" }, Admin));
            Ok(await AssignAsync("alice", "held", Admin));
            Ok(await AssignAsync("team:blue", "held", Admin));
        }
    }

    [Fact]
    public async Task Rows_OfOneSubject_KeepOneMark()
    {
        await RoleAsync("held", "a:read");
        var caller = Requesting("r");
        Ok(await Host.Transfer.ImportAssignmentsAsync(Tenant, [Row("alice"), new("viewer", new AssignmentDraft(SubjectId.User("alice")))], false, caller));

        Assert.Equal("r/0", Host.Store.LastCommit!.Request!.Id);
    }

    private Task<Result<RowsReport>> ImportAsync(Caller caller, params string[] principals) =>
        Host.Transfer.ImportAssignmentsAsync(Tenant, [.. principals.Select(Row)], false, caller);

    private static AssignmentRow Row(string principal) => new("held", new AssignmentDraft(SubjectId.Parse(principal)));

    private static bool IsOf(Commit commit, string user) => commit.Key == ActorKey.Of(Tenant, SubjectId.User(user));

    private async Task<bool> HoldsAsync(string principal) =>
        Ok(await Host.Assignments.ListByPrincipalAsync(Tenant, SubjectId.Parse(principal), null, includeInactive: false)).Any(held => held.RoleName == "held");
}
