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

/// <summary>The README of AuthzCluster.TestingHost as one file, its blocks in order: <see cref="ReadmeTests"/> holds it to the page.</summary>
public sealed class ReadmePage
{
    [Fact]
    public async Task Page_FromTheTop_Runs()
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

        var path = Path.Combine(AppContext.BaseDirectory, "several-teams-add-up.authz.yaml");
        await using var seeded = await AuthzTestCluster.StartAsync(silos: 1);
        var read = await seeded.SeedAsync(path);
        Assert.NotEmpty(read.Assignments);

        var inEurope = AttributeBag.Of(("region", AttributeValue.Of("eu")));
        await authz.Seed
            .Role("clerk", "invoices:read")
            .Assign("clerk", new AssignmentDraft(SubjectId.User("alice")) { Scope = inEurope });

        var question = new AccessRequest { Subject = SubjectId.User("alice"), Permission = Permission.Parse("invoices:read") };
        Assert.Equal(DecisionReason.Granted, (await authz.EvaluateAsync(question with { Context = inEurope })).Reason);
        Assert.Equal(DecisionReason.NotInScope, (await authz.EvaluateAsync(question)).Reason);

        var writer = await authz.Roles.CreateRoleAsync(new RoleBuilder().WithName("writer").GrantPermission("docs:write").Build());
        await authz.Roles.AssignRoleAsync("alice", writer.RoleId);

        Assert.True((await authz.Authorization.EvaluateAsync(new AccessQuestion("alice", "docs:write"))).IsAllowed);

        var key = await authz.ReadAdminKeyAsync();
        var services = new ServiceCollection();
        services.AddSingleton(authz.Client);
        services.AddSingleton<TimeProvider>(authz.Time);
        services.AddAuthzClusterGrainClient(options => options.ApiKey = key);

        await using var application = services.BuildServiceProvider();
        var client = application.GetRequiredService<IAuthorizationClient>();
        Assert.True((await client.EvaluateAsync(new AccessQuestion("alice", "docs:read"))).IsAllowed);

        await authz.Seed.Role("guest", "notes:read").Assign("dave", "guest", until: authz.Time.GetUtcNow().AddHours(1));

        await authz.AdvanceAsync(TimeSpan.FromMinutes(59));
        Assert.True(await authz.MayAsync("dave", "notes:read"));

        await authz.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.False(await authz.MayAsync("dave", "notes:read"));

        await authz.KillSiloAsync();
        Assert.True(await authz.MayAsync("alice", "docs:read"));

        await authz.AddSiloAsync();
        Assert.Equal(2, authz.SiloCount);

        var admin = new Caller(SubjectId.User("root"), "request-1") { IsTrusted = true };
        authz.FailNextWrite(WriteFault.NotDone);
        var revoked = await authz.Ports.Assignments.RevokeAsync(TenantId.Default, "reader", SubjectId.User("alice"), null, admin);

        Assert.Equal(ErrorCode.Unavailable, revoked.Error?.Code);
        Assert.True(await authz.MayAsync("alice", "docs:read"));
    }
}
