using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Keys;
using AuthzCluster.Domain.Requests;
using AuthzCluster.Domain.Webhooks;
using AuthzCluster.Grains.Abstractions.Wire;
using AuthzCluster.Grains.Node;
using AuthzCluster.Grains.Tests.Hazards;
using AuthzCluster.Grains.Tests.Wire;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Orleans.Serialization.Serializers;

namespace AuthzCluster.Grains.Tests.Versions;

/// <summary>A silo of the next version beside one of this: what each sends and stores the other reads.</summary>
public sealed class TwoVersionsTests
{
    [Fact]
    public async Task Cluster_OfTwoVersions_AnswersAndWritesThroughBoth()
    {
        await using var cluster = await BareCluster.StartAsync(
            silos: 2,
            wrap: (store, number) => number == 1 ? NextStore.Around(store) : store,
            silo: (silo, number) =>
            {
                if (number == 1)
                {
                    UseNext(silo.Services);
                }
            });
        // They do differ: the one of the next version sends more.
        Assert.Equal(2, cluster.Cluster.Silos.Select(silo => silo.ServiceProvider.GetRequiredService<Serializer>().SerializeToArray(BareCluster.Question("a", "b:c")).Length).Distinct().Count());
        var nodes = cluster.Cluster.Silos.Select(silo => silo.ServiceProvider.GetRequiredService<SiloNode>().Core.Services).ToArray();
        for (var by = 0; by < nodes.Length; by++)
        {
            BareCluster.Ok(await nodes[by].Roles.CreateAsync(BareCluster.Tenant, new() { Id = $"role-{by}", Name = $"role-{by}", Permissions = ["invoices:read"] }, BareCluster.Admin));
            // Enough of them to have grains on both silos.
            for (var i = 0; i < 30; i++)
            {
                var draft = new AssignmentDraft(SubjectId.User($"user-{by}-{i}")) { Metadata = AttributeBag.Of(("why", AttributeValue.Of("so"))) };
                BareCluster.Ok(await nodes[by].Assignments.AssignAsync(BareCluster.Tenant, $"role-{by}", draft, BareCluster.Admin));
            }
        }
        foreach (var services in nodes)
        {
            for (var i = 0; i < 60; i++)
            {
                var user = $"user-{i % 2}-{i / 2}";
                Assert.True(BareCluster.Ok(await services.Decisions.EvaluateAsync(BareCluster.Tenant, BareCluster.Question(user, "invoices:read"), DateTimeOffset.UtcNow)).IsAllowed);
                // Denied, by one of them with a reason that this version does not know: never a grant.
                Assert.False(BareCluster.Ok(await services.Decisions.EvaluateAsync(BareCluster.Tenant, BareCluster.Question(user, "invoices:write"), DateTimeOffset.UtcNow)).IsAllowed);
                BareCluster.Ok(await services.Assignments.JoinTeamAsync(BareCluster.Tenant, "team", SubjectId.User(user), BareCluster.Admin));
            }
            Assert.Equal(30, BareCluster.Ok(await services.Assignments.ListByRoleAsync(BareCluster.Tenant, "role-0", new(null, 100))).Items.Count);
        }
        await CheckOthersAsync(nodes[0], nodes[1], "by-this");
        await CheckOthersAsync(nodes[1], nodes[0], "by-next");
        // Also by grains that are new, from what both have stored.
        await cluster.Grains.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero);
        for (var i = 0; i < 60; i++)
        {
            Assert.True(await cluster.MayAsync($"user-{i % 2}-{i / 2}", "invoices:read"));
        }
    }

    // What one has written the other reads and writes: keys, requests, webhooks.
    private static async Task CheckOthersAsync(Hosting.NodeServices maker, Hosting.NodeServices other, string name)
    {
        var key = BareCluster.Ok(await maker.ApiKeys.CreateAsync(BareCluster.Tenant, new ApiKeyDraft(name) { Roles = ["role-0"], Tenants = [BareCluster.Tenant] }, BareCluster.Admin));
        var hook = BareCluster.Ok(await maker.Webhooks.CreateAsync(BareCluster.Tenant, new WebhookDraft { Url = "https://hooks.example.com/", IsActive = false }, BareCluster.Admin));
        var asker = BareCluster.Admin with { Principal = SubjectId.User("asker") };
        var asked = BareCluster.Ok(await maker.RoleRequests.CreateAsync(BareCluster.Tenant, new RoleRequestDraft("role-0", new AssignmentDraft(SubjectId.User(name))), asker)).Request;

        Assert.Equal(key.Key.Id, BareCluster.Ok(await other.ApiKeys.FindAsync(key.Token))?.Key.Id);
        Assert.Equal(key.Key.Id, BareCluster.Ok(await other.ApiKeys.RotateAsync(BareCluster.Tenant, key.Key.Id, null, BareCluster.Admin)).Key.Id);
        Assert.NotNull(BareCluster.Ok(await maker.ApiKeys.FindAsync(key.Token)));
        Assert.Equal(hook.Hook, BareCluster.Ok(await other.Webhooks.GetAsync(BareCluster.Tenant, hook.Hook.Id)));
        BareCluster.Ok(await other.Webhooks.UpdateAsync(BareCluster.Tenant, hook.Hook.Id, new WebhookDraft { Description = "new" }, 1, BareCluster.Admin));
        Assert.Equal("new", BareCluster.Ok(await maker.Webhooks.GetAsync(BareCluster.Tenant, hook.Hook.Id)).Description);
        Assert.Equal(asked, BareCluster.Ok(await other.RoleRequests.GetAsync(BareCluster.Tenant, asked.Id)).Request);
        Assert.Equal(RequestStatus.Approved, BareCluster.Ok(await other.RoleRequests.ApproveAsync(BareCluster.Tenant, asked.Id, null, BareCluster.Admin)).Request.Status);
        Assert.Equal(RequestStatus.Approved, BareCluster.Ok(await maker.RoleRequests.GetAsync(BareCluster.Tenant, asked.Id)).Request.Status);
    }

    [Fact]
    public void Messages_OfEachVersion_AreReadByTheOther()
    {
        using var now = Serializers.New();
        using var next = Serializers.New(services => UseNext(services));
        var (older, newer) = (now.GetRequiredService<Serializer>(), next.GetRequiredService<Serializer>());
        var question = BareCluster.Question("alice", "invoices:read");

        Assert.Equal(question, older.Deserialize<AccessRequest>(newer.SerializeToArray(question)));
        Assert.Equal(question, newer.Deserialize<AccessRequest>(older.SerializeToArray(question)));
        // Several in one message: what was passed over must not shift what comes behind it.
        AccessRequest[] both = [question, question with { Subject = SubjectId.User("bob") }];
        Assert.Equal(both, older.Deserialize<AccessRequest[]>(newer.SerializeToArray(both)));

        var granted = new Decision { Reason = DecisionReason.Granted, ModelRevision = 3, MatchedPolicy = "policy-1" };
        Assert.Equal(granted, older.Deserialize<Decision>(newer.SerializeToArray(granted)));
        Assert.Equal(DecisionReason.Unavailable, older.Deserialize<Decision>(newer.SerializeToArray(granted with { Reason = DecisionReason.PermissionNotGranted })).Reason);

        var caller = BareCluster.Admin;
        Assert.Equal(caller, older.Deserialize<object>(newer.SerializeToArray<object>(caller)));
        Assert.Equal(caller, newer.Deserialize<object>(older.SerializeToArray<object>(caller)));
    }

    [Fact]
    public async Task Body_ThatCannotBeRead_IsRefusedAndTheSiloGoesOn()
    {
        byte[]? lie = null;
        await using var cluster = await BareCluster.StartAsync(client: client => UseNext(client.Services, _ => lie));
        await cluster.RoleAsync("reader", "invoices:read");
        await cluster.AssignAsync("alice", "reader");
        var roles = cluster.Cluster.Client.GetGrain<Abstractions.Services.IRolesGrain>(0);
        foreach (var body in new[] { "{{{", "[]", "17", "\"\"", $"{new string('[', 100_000)}" })
        {
            lie = System.Text.Encoding.UTF8.GetBytes(body);
            await Assert.ThrowsAnyAsync<Exception>(() => roles.CreateAsync(BareCluster.Tenant, new() { Name = "x" }, BareCluster.Admin).WaitAsync(TimeSpan.FromSeconds(20)));
        }
        lie = null;
        Assert.True(await cluster.MayAsync("alice", "invoices:read"));
        Assert.Equal(Domain.Errors.ErrorCode.Forbidden, (await roles.CreateAsync(BareCluster.Tenant, new() { Name = "x" }, BareCluster.Admin)).Error?.Code);
    }

    private static void UseNext(IServiceCollection services, Func<Type, byte[]?>? lie = null)
    {
        services.Replace<AccessRequestCodec, NextAccessRequestCodec>().Replace<DecisionCodec, NextDecisionCodec>();
        // Asked before this version's own.
        services.Insert(0, ServiceDescriptor.Singleton<IGeneralizedCodec>(provider => new NextContractCodec(provider.GetRequiredService<ContractCodec>(), lie)));
    }
}
