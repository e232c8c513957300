using AuthzCluster.Actors.Views;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Conformance.Hosting;

namespace AuthzCluster.Conformance.Suites;

/// <summary>Where a tenant requires known subjects, only users that are stored entities get assignments.</summary>
public abstract class KnownSubjectSuite(IHostFixture host) : HostSuite(host)
{
    [Fact]
    public async Task Assign_UnknownUser_IsRefusedUntilStored()
    {
        await RequireAsync(true);
        var refused = await AssignAsync("alice", "viewer");
        Refused(ErrorCode.ValidationFailed, refused);
        Assert.Equal(["user_id"], refused.Error!.Fields.Select(field => field.Field));
        Assert.Empty(await HoldersAsync("viewer"));

        Ok(await PutAsync("user:alice", AttributeBag.Empty));
        Ok(await AssignAsync("alice", "viewer"));
        Ok(await DeleteAsync("user:alice"));
        Refused(ErrorCode.ValidationFailed, await AssignAsync("alice", "user_manager"));
        // What was given stays, and can be taken back.
        Ok(await RevokeAsync("alice", "viewer"));
    }

    [Fact]
    public async Task Assign_SettingIsOffAgain_GoesToAnybody()
    {
        Ok(await AssignAsync("alice", "viewer"));
        await RequireAsync(true);
        Refused(ErrorCode.ValidationFailed, await AssignAsync("bob", "viewer"));
        await RequireAsync(false);
        Ok(await AssignAsync("bob", "viewer"));
    }

    [Theory]
    [InlineData("team:finance")]
    [InlineData("service:bot")]
    public async Task Assign_NoUser_NeedsNoEntity(string principal)
    {
        await RequireAsync(true);
        Ok(await AssignAsync(principal, "viewer"));
    }

    [Fact]
    public async Task Assign_UserRemovedBetweenDecisionAndCommit_IsRefused()
    {
        await RequireAsync(true);
        Ok(await PutAsync("user:alice", AttributeBag.Empty));
        var (reached, proceed) = Host.Store.HoldCommits(commit => commit.Key.IsSubject);
        var assigning = Task.Run(() => AssignAsync("alice", "viewer"));
        var importing = reached.Task.ContinueWith(_ => ImportAsync("alice", "user_manager"), TaskScheduler.Default).Unwrap();
        await reached.Task;
        Ok(await DeleteAsync("user:alice"));
        proceed.SetResult();

        var refused = await assigning;
        Refused(ErrorCode.ValidationFailed, refused);
        Assert.Equal("user_id", Assert.Single(refused.Error!.Fields).Field);
        var imported = await importing;
        Assert.True(!imported.IsOk || imported.Value.Count(RowStatus.Failed) == 1);
        Assert.Empty(await HoldersAsync("viewer"));
        Assert.Empty(await HoldersAsync("user_manager"));
    }

    [Fact]
    public async Task Import_UnknownUsers_AreAllNamedAndNothingIsDone()
    {
        await RequireAsync(true);
        Ok(await PutAsync("user:alice", AttributeBag.Empty));
        Ok(await PutAsync("user:carol", AttributeBag.Empty));
        Ok(await DeleteAsync("user:carol"));
        var refused = await ImportAsync("alice", "viewer", "bob", "viewer", "carol", "viewer", "Alice", "viewer", "service:bot", "viewer", "team:t", "viewer");

        Refused(ErrorCode.ValidationFailed, refused);
        Assert.Equal(["rows[1].user_id", "rows[2].user_id", "rows[3].user_id"], refused.Error!.Fields.Select(field => field.Field));
        Assert.Empty(await HoldersAsync("viewer"));
        Assert.Equal(3, Ok(await ImportAsync("alice", "viewer", "service:bot", "viewer", "team:t", "viewer")).Count(RowStatus.Created));
    }

    private Task<Result<RowsReport>> ImportAsync(params string[] principalsAndRoles) => Host.Transfer.ImportAssignmentsAsync(
        Tenant, [.. principalsAndRoles.Chunk(2).Select(pair => new AssignmentRow(pair[1], new AssignmentDraft(SubjectId.Parse(pair[0]))))], dryRun: false, Admin);

    private async Task RequireAsync(bool isRequired) => Ok(await Host.Tenants.UpdateAsync(
        Tenant, new TenantPatch { Settings = AttributeBag.Of(("require_known_subjects", AttributeValue.Of(isRequired))) }, null, Admin));
}
