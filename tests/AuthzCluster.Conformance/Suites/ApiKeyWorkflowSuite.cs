using AuthzCluster.Actors.Storage;
using AuthzCluster.Actors.Views;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Keys;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Conformance.Hosting;

namespace AuthzCluster.Conformance.Suites;

/// <summary>Making and ending keys, wherever it is cut off; and the end of their tenants.</summary>
public abstract class ApiKeyWorkflowSuite(IHostFixture host) : HostSuite(host)
{
    private static readonly TenantId Acme = new("acme");

    [Fact]
    public async Task Create_CutOffAtEachCommit_KeyIsThereWholeOrNotAtAll()
    {
        await TenantsAsync();
        var stages = new HashSet<bool>();
        for (var step = 1; ; step++)
        {
            ApiKeyId? id = null;
            var left = step;
            Host.Store.FailCommits(commit =>
            {
                id = commit.Key.IsApiKey ? commit.Key.ApiKey : id;
                return Interlocked.Decrement(ref left) == 0 ? CommitFault.DieAfter : CommitFault.None;
            });
            var made = await CreateAsync();
            if (made.IsOk)
            {
                Host.Store.Heal();
                break;
            }
            Refused(ErrorCode.Unavailable, made);
            var key = id!.Value;
            var undone = Host.Store.CommittedAsync(commit => commit.Key == ActorKey.Of(key) && commit.State is null);
            await Host.CrashAndRestartAsync();
            var isThere = (await Host.ApiKeys.GetAsync(Tenant, key)).IsOk;
            stages.Add(isThere);
            if (isThere)
            {
                Assert.True(await HoldsAsync(key, Tenant) && await HoldsAsync(key, Acme));
                Ok(await Host.ApiKeys.RevokeAsync(Tenant, key, Admin));
            }
            else
            {
                await undone;
            }
            Assert.False(await HoldsAsync(key, Tenant) || await HoldsAsync(key, Acme));
            Assert.Empty(Ok(await Host.ApiKeys.ListAsync(Tenant, null, 10)).Items);
        }
        // Both were seen: cut off before the last commit, and after it.
        Assert.Equal(2, stages.Count);
    }

    [Theory]
    [InlineData(CommitFault.FailBefore)]
    [InlineData(CommitFault.FailAfter)]
    [InlineData(CommitFault.Conflict)]
    [InlineData(CommitFault.ThrowAfter)]
    public async Task Create_CommitOfTheRolesFails_DueWorkUndoesIt(CommitFault fault)
    {
        await TenantsAsync();
        ApiKeyId? id = null;
        var isFaulty = true;
        Host.Store.FailCommits(commit =>
        {
            id = commit.Key.IsApiKey ? commit.Key.ApiKey : id;
            return commit.Key.IsSubject && commit.Key.Tenant == Tenant && isFaulty ? fault : CommitFault.None;
        });
        var undone = Host.Store.CommittedAsync(commit => commit.Key.IsApiKey && commit.State is null);
        try
        {
            Assert.False((await CreateAsync()).IsOk);
        }
        catch (InvalidOperationException)
        {
            // The fault that nobody foresaw.
        }
        isFaulty = false;

        while (!undone.IsCompleted)
        {
            Host.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
        await undone;
        Assert.False(await HoldsAsync(id!.Value, Tenant) || await HoldsAsync(id.Value, Acme));
        Refused(ErrorCode.NotFound, await Host.ApiKeys.GetAsync(Tenant, id.Value));
    }

    [Fact]
    public async Task Revoke_CutOffAtEachCommit_IsCompletedAfterTheRestart()
    {
        await TenantsAsync();
        for (var step = 1; ; step++)
        {
            var issued = Ok(await CreateAsync());
            var key = issued.Key.Id;
            var left = step;
            Host.Store.FailCommits(_ => Interlocked.Decrement(ref left) == 0 ? CommitFault.DieAfter : CommitFault.None);
            var revoked = await Host.ApiKeys.RevokeAsync(Tenant, key, Admin);
            if (Volatile.Read(ref left) > 0)
            {
                Ok(revoked);
                Host.Store.Heal();
                break;
            }
            var isOver = Host.Store.LastCommit is { } last && last.Key == ActorKey.Of(key) && step > 1;
            var ended = Host.Store.CommittedAsync(commit => commit.Key == ActorKey.Of(key));
            await Host.CrashAndRestartAsync();

            Assert.Null(Ok(await Host.ApiKeys.FindAsync(issued.Token)));
            if (!isOver)
            {
                await ended;
            }
            Assert.False(await HoldsAsync(key, Tenant) || await HoldsAsync(key, Acme));
        }
    }

    [Fact]
    public async Task Revoke_StorageFailsBehindTheRevocation_IsAcknowledgedAndCompleted()
    {
        await TenantsAsync();
        var issued = Ok(await CreateAsync());
        Host.Store.FailCommits(commit => commit.Key.IsSubject ? CommitFault.FailBefore : CommitFault.None);

        Ok(await Host.ApiKeys.RevokeAsync(Tenant, issued.Key.Id, Admin));
        Assert.Null((await Host.ApiKeys.FindAsync(issued.Token)).Value);
        Assert.True(await HoldsAsync(issued.Key.Id, Acme));

        var ended = Host.Store.CommittedAsync(commit => commit.Key.IsApiKey);
        Host.Store.Heal();
        while (!ended.IsCompleted)
        {
            Host.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
        Assert.False(await HoldsAsync(issued.Key.Id, Tenant) || await HoldsAsync(issued.Key.Id, Acme));
    }

    [Fact]
    public async Task Rotate_CommitFails_TheOldTokenOpensStillOrTheKeyIsRereadAndRotates()
    {
        await TenantsAsync();
        var issued = Ok(await CreateAsync());
        foreach (var fault in new[] { CommitFault.FailBefore, CommitFault.FailAfter, CommitFault.Conflict })
        {
            Host.Store.FailCommits(commit => commit.Key.IsApiKey ? fault : CommitFault.None);
            Assert.False((await Host.ApiKeys.RotateAsync(Tenant, issued.Key.Id, null, Admin)).IsOk);
            Host.Store.Heal();
            Assert.NotNull((await Host.ApiKeys.FindAsync(issued.Token)).Value);
        }
        var rotated = Ok(await Host.ApiKeys.RotateAsync(Tenant, issued.Key.Id, TimeSpan.Zero, Admin));
        Assert.Null((await Host.ApiKeys.FindAsync(issued.Token)).Value);
        Assert.NotNull((await Host.ApiKeys.FindAsync(rotated.Token)).Value);
    }

    [Fact]
    public async Task Find_StorageDoesNotAnswer_IsUnavailableAndNotNobody()
    {
        await TenantsAsync();
        var issued = Ok(await CreateAsync());
        Host.Store.FailReads(true);
        Refused(ErrorCode.Unavailable, await Host.ApiKeys.FindAsync(issued.Token));
        Host.Store.FailReads(false);
        Host.Store.Damaged = ActorKey.Of(issued.Key.Id);
        Refused(ErrorCode.Unavailable, await Host.ApiKeys.FindAsync(issued.Token));
        Host.Store.Damaged = null;
        Assert.NotNull((await Host.ApiKeys.FindAsync(issued.Token)).Value);
    }

    [Fact]
    public async Task DeleteTenant_KeysOfIt_EndOrLeaveItAndStayAway()
    {
        await TenantsAsync();
        var owned = Ok(await CreateAsync(Acme, [Acme, Tenant]));
        var only = Ok(await CreateAsync(Tenant, [Acme]));
        var both = Ok(await CreateAsync(Tenant, [Acme, Tenant]));

        Ok(await Host.Tenants.DeleteAsync(Acme, null, Admin));

        Assert.Null((await Host.ApiKeys.FindAsync(owned.Token)).Value);
        Assert.Null((await Host.ApiKeys.FindAsync(only.Token)).Value);
        Assert.False(await HoldsAsync(owned.Key.Id, Tenant));
        Assert.Equal([Tenant], (await Host.ApiKeys.FindAsync(both.Token)).Value!.Key.Tenants.AsEnumerable());
        Assert.True(await HoldsAsync(both.Key.Id, Tenant));
        Assert.Single(await AuditAsync("api_key.updated"));

        Ok(await Host.Tenants.CreateAsync(Acme, new TenantPatch(), Admin));
        Assert.Null((await Host.ApiKeys.FindAsync(owned.Token)).Value);
        Assert.Empty(Ok(await Host.ApiKeys.ListAsync(Acme, null, 10)).Items);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task DeleteTenant_CutOffAtACommit_KeysOfItAreOverAfterTheRestart(int step)
    {
        await TenantsAsync();
        var owned = Ok(await CreateAsync(Acme, [Acme, Tenant]));
        Host.Store.FailCommits(_ => Interlocked.Decrement(ref step) == 0 ? CommitFault.DieAfter : CommitFault.None);
        Assert.False((await Host.Tenants.DeleteAsync(Acme, null, Admin)).IsOk);
        var purged = Host.Store.PurgedAsync(Acme);

        await Host.CrashAndRestartAsync();

        while (!purged.IsCompleted)
        {
            Host.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
        await purged;
        Assert.Null((await Host.ApiKeys.FindAsync(owned.Token)).Value);
        while (await HoldsAsync(owned.Key.Id, Tenant))
        {
            // What a cut-off end left over goes by due work of its own.
            Host.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
    }

    private async Task TenantsAsync()
    {
        Ok(await Host.Tenants.CreateAsync(Acme, new TenantPatch(), Admin));
        await RoleAsync("reader", "invoices:read");
        Ok(await Host.Roles.CreateAsync(Acme, new RoleDraft { Name = "reader", Permissions = ["invoices:read"] }, Admin));
    }

    private Task<Result<IssuedKey>> CreateAsync() => CreateAsync(Tenant, [Tenant, Acme]);

    private Task<Result<IssuedKey>> CreateAsync(TenantId owner, TenantId[] tenants) =>
        Host.ApiKeys.CreateAsync(owner, new("ci") { Roles = ["reader"], Tenants = tenants }, Admin);

    private Task<bool> HoldsAsync(ApiKeyId key, TenantId tenant) => MayAsync(key.Subject.ToString(), "invoices:read", tenant);
}
