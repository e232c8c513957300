using AuthzCluster.Hosting;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Embedded.Tests.Hosting;
using AuthzCluster.Storage;
using AuthzCluster.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AuthzCluster.Embedded.Tests;

public sealed class EmbeddedServicesTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("authz-services-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task AddEmbeddedAuthz_StartedAndStopped_AnswersInBetweenOnly()
    {
        await using var services = new ServiceCollection().AddEmbeddedAuthz(new EmbeddedOptions { DataDirectory = _directory.FullName }).BuildServiceProvider();
        foreach (var port in new[] { typeof(IDecisions), typeof(IRoles), typeof(IAssignments), typeof(ITenants), typeof(IModelTransfer), typeof(IAuditTrail), typeof(IApiKeys) })
        {
            Assert.NotNull(services.GetRequiredService(port));
        }
        var (health, tenants) = (services.GetRequiredService<INodeHealth>(), services.GetRequiredService<ITenants>());
        var host = Assert.Single(services.GetServices<IHostedService>());
        Assert.False(health.IsReady);
        Assert.Equal(Domain.Errors.ErrorCode.Unavailable, (await tenants.GetAsync(TenantId.Default)).Error?.Code);

        await host.StartAsync(default);
        Assert.True(health.IsReady);
        Assert.Null(health.WriteProblem);
        Assert.True((await tenants.GetAsync(TenantId.Default)).IsOk);

        await host.StopAsync(default);
        Assert.False(health.IsReady);
        Assert.NotNull(health.WriteProblem);
    }

    [Fact]
    public async Task Start_DataInUse_IsRefusedAndTheFirstGoesOn()
    {
        await using var first = new EmbeddedFixture();
        await first.StartAsync();
        var second = new EmbeddedNode(new EmbeddedOptions { DataDirectory = first.DataDirectory }, TimeProvider.System, new OrderedIds(TimeProvider.System));

        await Assert.ThrowsAsync<DataDirectoryInUseException>(second.StartAsync);
        Assert.False(second.IsReady);
        await second.StopAsync();
        Assert.True((await first.Tenants.GetAsync(TenantId.System)).IsOk);
    }

    [Fact]
    public async Task Start_DatabaseDamaged_IsRefusedInOneLine()
    {
        await File.WriteAllTextAsync(Path.Combine(_directory.FullName, "authz.db"), new string('x', 8192));
        var node = new EmbeddedNode(new EmbeddedOptions { DataDirectory = _directory.FullName }, TimeProvider.System, new OrderedIds(TimeProvider.System));

        var refused = await Assert.ThrowsAsync<StoreRefusedException>(node.StartAsync);
        Assert.DoesNotContain('\n', refused.Message);
        Assert.Contains("authz.db", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 300, nameof(EmbeddedOptions.DataDirectory))]
    [InlineData("data", 0, nameof(EmbeddedOptions.IdleTime))]
    [InlineData("data", 90_000, nameof(EmbeddedOptions.IdleTime))]
    public void AddEmbeddedAuthz_BadOption_IsRefusedByName(string directory, int idleSeconds, string name)
    {
        var options = new EmbeddedOptions { DataDirectory = directory, IdleTime = TimeSpan.FromSeconds(idleSeconds) };

        var refused = Assert.Throws<ArgumentException>(() => new ServiceCollection().AddEmbeddedAuthz(options));
        Assert.StartsWith(name, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OrderedIds_Many_AreDistinctAndUrlSafe()
    {
        var ids = Enumerable.Range(0, 10_000).Select(_ => new OrderedIds(TimeProvider.System).Next()).ToArray();

        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.All(ids, id => Assert.Matches("^[0-9a-z]{26}$", id));
    }
}
