using AuthzCluster.Actors.Ports;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.TestingHost;

namespace AuthzCluster.Grains.Tests;

public sealed class SmokeTests
{
    private static readonly Caller Admin = new(SubjectId.User("root"), "r") { IsTrusted = true };

    [Fact]
    public async Task Revoke_OnTwoSilos_IsSeenByTheNextQuestion()
    {
        await using var cluster = await AuthzTestCluster.StartAsync();
        var ports = cluster.Ports;
        var made = await ports.Roles.CreateAsync(TenantId.Default, new RoleDraft { Name = "reader", Permissions = ["docs:read"] }, Admin);
        Assert.Null(made.Error);
        for (var i = 0; i < 20; i++)
        {
            var user = SubjectId.User($"user-{i}");
            var given = await ports.Assignments.AssignAsync(TenantId.Default, "reader", new AssignmentDraft(user), Admin);
            Assert.Null(given.Error);
            var question = new AccessRequest { Subject = user, Permission = Permission.Parse("docs:read"), Context = AttributeBag.Of(("n", AttributeValue.Of(1.5m))) };
            var decision = await ports.Decisions.EvaluateAsync(TenantId.Default, question, DateTimeOffset.UtcNow);
            Assert.Equal(DecisionReason.Granted, decision.Value.Reason);
            Assert.Null((await ports.Assignments.RevokeAsync(TenantId.Default, "reader", user, null, Admin)).Error);
            decision = await ports.Decisions.EvaluateAsync(TenantId.Default, question, DateTimeOffset.UtcNow);
            Assert.Equal(DecisionReason.NoAssignment, decision.Value.Reason);
        }
        var audit = await ports.AuditTrail.ListAsync(TenantId.Default, new AuditQuery(null, 100));
        Assert.Equal(42, audit.Value!.Items.Count);
    }
}
