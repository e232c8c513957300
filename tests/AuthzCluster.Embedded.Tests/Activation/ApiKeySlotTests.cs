using AuthzCluster.Domain.Keys;
using AuthzCluster.Conformance.Suites;
using AuthzCluster.Embedded.Tests.Hosting;

namespace AuthzCluster.Embedded.Tests.Activation;

/// <summary>What keys cost while they are used, guessed at, and forgotten.</summary>
public sealed class ApiKeySlotTests() : HostSuite(new EmbeddedFixture())
{
    private EmbeddedFixture Embedded => (EmbeddedFixture)Host;

    [Fact]
    public async Task Find_GuessesAndGoodTokens_ActivateNothing()
    {
        var issued = Ok(await Host.ApiKeys.CreateAsync(Tenant, new("x") { Tenants = [Tenant] }, Admin));
        await Host.RestartAsync();
        var subjects = Embedded.Node.Directory.SubjectCount;

        for (var i = 0; i < 1000; i++)
        {
            Assert.Null((await Host.ApiKeys.FindAsync($"authzk_guess{i}.secret")).Value);
            Assert.Equal(Domain.Errors.ErrorCode.NotFound, (await Host.ApiKeys.GetAsync(Tenant, new ApiKeyId($"guess{i}"))).Error?.Code);
            Assert.Equal(Domain.Errors.ErrorCode.NotFound, (await Host.ApiKeys.RevokeAsync(Tenant, new ApiKeyId($"guess{i}"), Admin)).Error?.Code);
        }
        Assert.NotNull((await Host.ApiKeys.FindAsync(issued.Token)).Value);

        Assert.Equal(0, Embedded.Node.Directory.ApiKeyCount);
        Assert.Equal(subjects, Embedded.Node.Directory.SubjectCount);
    }

    [Fact]
    public async Task Sweep_IdleKeys_AreLetGoAndFoundAgain()
    {
        var issued = Ok(await Host.ApiKeys.CreateAsync(Tenant, new("x") { Tenants = [Tenant] }, Admin));
        Assert.Equal(1, Embedded.Node.Directory.ApiKeyCount);

        // The turn may be answered and not quite over yet.
        for (var i = 0; i < 10_000 && Embedded.Node.Directory.ApiKeyCount > 0; i++)
        {
            Embedded.Node.Directory.Sweep(5);
            await Task.Yield();
        }
        Assert.Equal(0, Embedded.Node.Directory.ApiKeyCount);
        Ok(await Host.ApiKeys.RotateAsync(Tenant, issued.Key.Id, null, Admin));
        Ok(await Host.ApiKeys.RevokeAsync(Tenant, issued.Key.Id, Admin));
    }
}
