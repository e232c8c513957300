using AuthzCluster.Client;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.TestingHost;
using Microsoft.Extensions.DependencyInjection;
using Caller = AuthzCluster.Actors.Ports.Caller;
using DecisionReason = AuthzCluster.Domain.Decisions.DecisionReason;
using ErrorCode = AuthzCluster.Domain.Errors.ErrorCode;

namespace AuthzCluster.Grains.Tests.Testing;

/// <summary>Each use of a test cluster by itself.</summary>
public sealed class TestClusterUses
{
    [Fact]
    public async Task Grants_SeededFluently_AreAnswered()
    {
        await using var authz = await AuthzTestCluster.StartAsync(silos: 2);

        await authz.Seed
            .Role("reader", "docs:read")
            .Assign("alice", "reader")
            .Assign("team:finance", "reader")
            .Join("finance", "bob");

        Assert.True(await authz.MayAsync("alice", "docs:read"));
        Assert.True(await authz.MayAsync("bob", "docs:read"));
        Assert.False(await authz.MayAsync("carol", "docs:read"));
    }

    [Fact]
    public async Task Decision_OfAWholeQuestion_TellsWhy()
    {
        await using var authz = await AuthzTestCluster.StartAsync();
        var inEurope = AttributeBag.Of(("region", AttributeValue.Of("eu")));
        await authz.Seed
            .Role("clerk", "invoices:read")
            .Assign("clerk", new AssignmentDraft(SubjectId.User("alice")) { Scope = inEurope });

        var question = new AccessRequest { Subject = SubjectId.User("alice"), Permission = Permission.Parse("invoices:read") };
        Assert.Equal(DecisionReason.Granted, (await authz.EvaluateAsync(question with { Context = inEurope })).Reason);
        Assert.Equal(DecisionReason.NotInScope, (await authz.EvaluateAsync(question)).Reason);
    }

    [Fact]
    public async Task Clients_OfTheService_AskAndManage()
    {
        await using var authz = await AuthzTestCluster.StartAsync();

        var reader = await authz.Roles.CreateRoleAsync(new RoleBuilder().WithName("reader").GrantPermission("docs:read").Build());
        await authz.Roles.AssignRoleAsync("alice", reader.RoleId);

        Assert.True((await authz.Authorization.EvaluateAsync(new AccessQuestion("alice", "docs:read"))).IsAllowed);
        Assert.False((await authz.Authorization.ForTenant("system").EvaluateAsync(new AccessQuestion("alice", "docs:read"))).IsAllowed);
    }

    [Fact]
    public async Task Application_UnderTest_HasItsClient()
    {
        await using var authz = await AuthzTestCluster.StartAsync();
        await authz.Seed.Role("reader", "docs:read").Assign("alice", "reader", until: authz.Time.GetUtcNow().AddHours(1));
        var key = await authz.ReadAdminKeyAsync();
        var services = new ServiceCollection();

        services.AddSingleton(authz.Client);
        services.AddSingleton<TimeProvider>(authz.Time);
        services.AddAuthzClusterGrainClient(options => options.ApiKey = key);

        await using var application = services.BuildServiceProvider();
        var client = application.GetRequiredService<IAuthorizationClient>();
        Assert.True((await client.EvaluateAsync(new AccessQuestion("alice", "docs:read"))).IsAllowed);
        await authz.AdvanceAsync(TimeSpan.FromHours(1));
        Assert.False((await client.EvaluateAsync(new AccessQuestion("alice", "docs:read"))).IsAllowed);
    }

    [Fact]
    public async Task Case_SeededFromAFile_IsThere()
    {
        var path = Path.Combine(Repository.Root, "tests", "Cases", "teams", "several-teams-add-up.authz.yaml");
        await using var authz = await AuthzTestCluster.StartAsync();

        var read = await authz.SeedAsync(path);

        Assert.NotEmpty(read.Assignments);
    }

    [Fact]
    public async Task Assignment_ThatEnds_IsOverWhenTheClockIsThere()
    {
        await using var authz = await AuthzTestCluster.StartAsync();
        await authz.Seed.Role("reader", "docs:read").Assign("alice", "reader", until: authz.Time.GetUtcNow().AddHours(1));

        await authz.AdvanceAsync(TimeSpan.FromMinutes(59));
        Assert.True(await authz.MayAsync("alice", "docs:read"));

        await authz.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.False(await authz.MayAsync("alice", "docs:read"));
    }

    [Fact]
    public async Task Silo_Killed_TheOthersAnswer()
    {
        await using var authz = await AuthzTestCluster.StartAsync(silos: 3);
        await authz.Seed.Role("reader", "docs:read").Assign("alice", "reader");

        await authz.KillSiloAsync();
        Assert.True(await authz.MayAsync("alice", "docs:read"));

        await authz.AddSiloAsync();
        Assert.Equal(3, authz.SiloCount);
    }

    [Fact]
    public async Task Write_ThatFails_IsTold()
    {
        await using var authz = await AuthzTestCluster.StartAsync();
        await authz.Seed.Role("reader", "docs:read").Assign("alice", "reader");
        var admin = new Caller(SubjectId.User("root"), "request-1") { IsTrusted = true };

        authz.FailNextWrite(WriteFault.NotDone);
        var revoked = await authz.Ports.Assignments.RevokeAsync(TenantId.Default, "reader", SubjectId.User("alice"), null, admin);

        Assert.Equal(ErrorCode.Unavailable, revoked.Error?.Code);
        Assert.True(await authz.MayAsync("alice", "docs:read"));
    }
}
