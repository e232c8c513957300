using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Keys;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Conformance.Hosting;

namespace AuthzCluster.Conformance.Suites;

/// <summary>The key that an installation begins with.</summary>
public abstract class AdminKeySuite(IHostFixture host) : HostSuite(host)
{
    private const string First = "authzk_first-of-all-tokens-without-an-id", Second = "authzk_admin.second";

    [Fact]
    public async Task Ensure_NoSuchKey_MakesItSuperAdminOfSystem()
    {
        Assert.True(Ok(await Host.ApiKeys.EnsureAdminAsync(First, isNew: false)));

        var key = (await Host.ApiKeys.FindAsync(First)).Value!.Key;
        Assert.Equal(("service:admin", TenantId.System, null), (key.Subject.ToString(), key.Owner, key.ExpiresAt));
        Assert.Equal([TenantId.System], key.Tenants.AsEnumerable());
        Assert.True(await MayAsync("service:admin", "anything:at-all", TenantId.System));
        Assert.False(await MayAsync("service:admin", "anything:at-all"));
        Assert.Single(Ok(await Host.ApiKeys.ListAsync(TenantId.System, null, 10)).Items);
    }

    [Fact]
    public async Task Ensure_AnotherTokenOfAnOldFile_ChangesNothing()
    {
        Ok(await Host.ApiKeys.EnsureAdminAsync(First, isNew: true));

        Assert.False(Ok(await Host.ApiKeys.EnsureAdminAsync(Second, isNew: false)));
        Assert.True(Ok(await Host.ApiKeys.EnsureAdminAsync(First, isNew: false)));
        Assert.Null((await Host.ApiKeys.FindAsync(Second)).Value);
    }

    [Fact]
    public async Task Ensure_New_KillsEveryOlderToken()
    {
        Ok(await Host.ApiKeys.EnsureAdminAsync(First, isNew: true));
        var rotated = Ok(await Host.ApiKeys.RotateAsync(TenantId.System, ApiKeyId.Admin, null, Admin));

        Assert.True(Ok(await Host.ApiKeys.EnsureAdminAsync(Second, isNew: true)));

        Assert.Null((await Host.ApiKeys.FindAsync(First)).Value);
        Assert.Null((await Host.ApiKeys.FindAsync(rotated.Token)).Value);
        Assert.NotNull((await Host.ApiKeys.FindAsync(Second)).Value);
    }

    [Fact]
    public async Task Ensure_Revoked_StaysSoUntilANewOneIsWanted()
    {
        Ok(await Host.ApiKeys.EnsureAdminAsync(First, isNew: true));
        Ok(await Host.ApiKeys.RevokeAsync(TenantId.System, ApiKeyId.Admin, Admin));

        Assert.False(Ok(await Host.ApiKeys.EnsureAdminAsync(First, isNew: false)));
        Assert.Null((await Host.ApiKeys.FindAsync(First)).Value);
        Assert.False(await MayAsync("service:admin", "anything:at-all", TenantId.System));

        Assert.True(Ok(await Host.ApiKeys.EnsureAdminAsync(Second, isNew: true)));
        Assert.NotNull((await Host.ApiKeys.FindAsync(Second)).Value);
        Assert.True(await MayAsync("service:admin", "anything:at-all", TenantId.System));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Ensure_CutOffAtEachCommit_TheNextStartCompletesIt(bool isNew)
    {
        for (var step = 1; ; step++)
        {
            var left = step;
            Host.Store.FailCommits(_ => Interlocked.Decrement(ref left) == 0 ? CommitFault.DieAfter : CommitFault.None);
            var made = await Host.ApiKeys.EnsureAdminAsync($"{First}{step}", isNew);
            if (made.IsOk)
            {
                Host.Store.Heal();
                break;
            }
            Refused(ErrorCode.Unavailable, made);
            await Host.CrashAndRestartAsync();

            // A file that was not written yet leads to a new token, one that was there to its own.
            var token = isNew ? $"{Second}{step}" : $"{First}{step}";
            Assert.True(Ok(await Host.ApiKeys.EnsureAdminAsync(token, isNew)) || !isNew);
            Assert.True(await MayAsync("service:admin", "anything:at-all", TenantId.System));
            Assert.NotNull((await Host.ApiKeys.FindAsync(token)).Value);
            Assert.Equal(!isNew, (await Host.ApiKeys.FindAsync($"{First}{step}")).Value is not null);
            Ok(await Host.ApiKeys.RevokeAsync(TenantId.System, ApiKeyId.Admin, Admin));
            if (!isNew)
            {
                break;
            }
        }
    }

    [Fact]
    public async Task DueWork_MakingCutOff_IsCompletedByItself()
    {
        var left = 1;
        Host.Store.FailCommits(_ => Interlocked.Decrement(ref left) == 0 ? CommitFault.DieAfter : CommitFault.None);
        Refused(ErrorCode.Unavailable, await Host.ApiKeys.EnsureAdminAsync(First, isNew: false));
        var stages = 0;
        var completed = Host.Store.CommittedAsync(commit => commit.Key == ActorKey.Of(ApiKeyId.Admin) && ++stages == 2);

        await Host.CrashAndRestartAsync();

        await completed;
        Assert.NotNull((await Host.ApiKeys.FindAsync(First)).Value);
        Assert.True(await MayAsync("service:admin", "anything:at-all", TenantId.System));
    }
}
