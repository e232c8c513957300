using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AuthzCluster.Client.Orleans.Tests;

public sealed class OptionsTests
{
    [Fact]
    public void Options_ThatAreWrong_AreNamedAllAtOnce()
    {
        using var services = new ServiceCollection().AddAuthzClusterOrleansClient(options =>
        {
            options.Silos = ["silos.example", "silos.example:99999", "http://silos"];
            (options.ServiceId, options.ClusterId) = (" ", "");
            (options.ApiKey, options.Tenant, options.Timeout) = ("ey.a.b", "..", TimeSpan.Zero);
        }).BuildServiceProvider();

        var faults = Assert.Throws<OptionsValidationException>(services.GetRequiredService<IRoleService>).Failures.ToList();

        Assert.Equal(7, faults.Count);
        Assert.All(
            new[] { "ApiKey must", "Tenant must", "Timeout must", "`silos.example:99999`", "`http://silos`", "ServiceId must", "ClusterId must" },
            fault => Assert.Contains(faults, found => found.Contains(fault, StringComparison.Ordinal)));
    }

    [Fact]
    public void Options_WithoutSilosOrKey_AreRefused()
    {
        using var services = new ServiceCollection().AddAuthzClusterOrleansClient(_ => { }).BuildServiceProvider();

        var faults = Assert.Throws<OptionsValidationException>(services.GetRequiredService<IAuthorizationClient>).Failures.ToList();

        Assert.Equal(["AuthzClusterOrleansOptions.ApiKey or ApiKeyProvider must be given, not both", "AuthzClusterOrleansOptions.Silos must be given"], faults);
    }

    [Fact]
    public void GrainOptions_ThatAreWrong_AreRefused()
    {
        using var services = new ServiceCollection().AddAuthzClusterGrainClient(options => options.ApiKey = "a b").BuildServiceProvider();

        Assert.Contains("ApiKey", Assert.Throws<OptionsValidationException>(services.GetRequiredService<IAuthorizationClient>).Message, StringComparison.Ordinal);
    }
}
