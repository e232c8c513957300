using AuthzCluster.Actors.Storage;
using AuthzCluster.Client.Orleans.Tests.Support;
using AuthzCluster.Conformance.Hosting;
using AuthzCluster.Domain.Keys;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.TestingHost;

namespace AuthzCluster.Client.Orleans.Tests;

/// <summary>How long a key and what it may ask are relied on, and the copies of roles.</summary>
[Collection(ClusterCollection.Name)]
public sealed class BearerTests(OrleansTransport transport)
{
    private static readonly AccessQuestion Question = new("bob", "a:read");

    [Fact]
    public async Task Key_ThatIsRevoked_IsRefusedWithinFiveSeconds()
    {
        var tenant = await transport.MakeTenantAsync(null, "standard");
        var (who, key) = await transport.MakeKeyAsync(tenant, "viewer");
        using var clients = transport.Of(tenant, key);
        await clients.Authorization.EvaluateAsync(Question);

        await transport.RevokeKeyAsync(tenant, who);
        await transport.Cluster.AdvanceAsync(TimeSpan.FromSeconds(5));

        await Assert.ThrowsAsync<UnauthenticatedException>(() => clients.Authorization.EvaluateAsync(Question));
    }

    [Fact]
    public async Task Key_WhileStorageIsAway_IsReliedOnForThreeSecondsMore_WhateverItsAge()
    {
        var store = new StoreProbe();
        await using var cluster = await AuthzTestCluster.StartAsync(new AuthzTestOptions { WrapStore = store.Around });
        var key = await cluster.ReadAdminKeyAsync();
        using var clients = new GrainClients(cluster, options => options.ApiKey = key);
        await clients.Authorization.EvaluateAsync(Question);
        var reads = store.ReadsOf(ActorKey.Of(ApiKeyId.Admin));

        await cluster.AdvanceAsync(TimeSpan.FromSeconds(2));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        for (var renewed = 0; renewed < 20; renewed += store.ReadsOf(ActorKey.Of(ApiKeyId.Admin)) > reads ? 1 : 0)
        {
            // Beside the calls: then some more, for it to be taken note of.
            await clients.Authorization.EvaluateAsync(Question);
            await Task.Delay(10, patience.Token);
        }
        store.FailReads(true);
        cluster.Time.Advance(TimeSpan.FromSeconds(4));
        Assert.False((await clients.Authorization.EvaluateAsync(Question)).IsAllowed);

        store.FailReads(false);
        await cluster.AdvanceAsync(TimeSpan.FromSeconds(1));
        await clients.Authorization.EvaluateAsync(Question);
    }

    [Fact]
    public async Task RightToAsk_ThatIsTakenBack_IsGoneWithinFiveSeconds()
    {
        var tenant = await transport.MakeTenantAsync(null, "standard");
        using var admin = transport.Of(tenant);
        var (who, key) = await transport.MakeKeyAsync(tenant, "viewer");
        using var clients = transport.Of(tenant, key);
        await clients.Authorization.EvaluateAsync(Question);

        await admin.Roles.RevokeRoleAsync(who, "viewer");
        await transport.Cluster.AdvanceAsync(TimeSpan.FromSeconds(5));

        await Assert.ThrowsAsync<ForbiddenException>(() => clients.Authorization.EvaluateAsync(Question));
    }

    [Fact]
    public async Task RightToAdminister_ThatIsTakenBack_IsGoneAtOnce()
    {
        var tenant = await transport.MakeTenantAsync(null, "standard");
        using var admin = transport.Of(tenant);
        var (who, key) = await transport.MakeKeyAsync(tenant, "viewer");
        using var clients = transport.Of(tenant, key);
        await clients.Roles.GetRoleAsync("viewer");

        await admin.Roles.RevokeRoleAsync(who, "viewer");

        await Assert.ThrowsAsync<ForbiddenException>(() => clients.Roles.GetRoleAsync("viewer"));
    }

    [Fact]
    public async Task KeyProvider_IsAskedForEachCall_AndItsFailureIsNoAnswer()
    {
        var tenant = await transport.MakeTenantAsync(null, "standard");
        var (who, key) = await transport.MakeKeyAsync(tenant, "viewer");
        var keys = new Queue<Func<string>>([() => key, () => "wrong", () => throw new InvalidOperationException("no key"), () => key]);
        using var clients = new GrainClients(transport.Cluster, options => (options.Tenant, options.ApiKeyProvider) = (tenant, _ => new(keys.Dequeue()())));

        await clients.Authorization.EvaluateAsync(Question);
        await Assert.ThrowsAsync<UnauthenticatedException>(() => clients.Authorization.EvaluateAsync(Question));
        var failed = await Assert.ThrowsAsync<UnavailableException>(() => clients.Authorization.EvaluateAsync(Question));
        Assert.Equal("no key", failed.InnerException!.Message);
        Assert.True((await clients.Authorization.EvaluateAsync(Question with { Subject = who })).IsAllowed);
    }

    [Fact]
    public async Task InvalidateRoleCache_DropsTheCopies_SoThatTheyAreReadAgain()
    {
        var store = new StoreProbe();
        await using var cluster = await AuthzTestCluster.StartAsync(new AuthzTestOptions { WrapStore = store.Around });
        await AskAsync();
        await AskAsync();
        var reads = store.ReadsOf(ActorKey.Of(TenantId.Default));

        await cluster.Roles.InvalidateRoleCacheAsync();

        // One silo answers for another that is late, which reads when the caller has its answer already.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        do
        {
            await AskAsync();
        }
        while (store.ReadsOf(ActorKey.Of(TenantId.Default)) < reads + cluster.SiloCount && !patience.IsCancellationRequested);
        Assert.False(patience.IsCancellationRequested, $"read {store.ReadsOf(ActorKey.Of(TenantId.Default)) - reads} times");

        // So many subjects that each silo has some.
        async Task AskAsync() => await cluster.Authorization.EvaluateBatchAsync([.. Enumerable.Range(0, 100).Select(i => new AccessQuestion($"u{i}", "a:read"))]);
    }

    [Fact]
    public async Task Silo_Killed_TheClientGoesOn()
    {
        await using var cluster = await AuthzTestCluster.StartAsync(silos: 2);
        await cluster.Roles.AssignRoleAsync("alice", "super_admin");

        await cluster.KillSiloAsync();

        Assert.True((await cluster.Authorization.EvaluateAsync(new AccessQuestion("alice", "a:read"))).IsAllowed);
        await cluster.Roles.RevokeRoleAsync("alice", "super_admin");
        Assert.False((await cluster.Authorization.EvaluateAsync(new AccessQuestion("alice", "a:read"))).IsAllowed);
    }
}
