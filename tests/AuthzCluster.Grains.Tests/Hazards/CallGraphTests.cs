using System.Collections.Concurrent;
using AuthzCluster.Actors.Doors;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Entities;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Keys;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Requests;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Domain.Webhooks;
using Orleans.Concurrency;
using static AuthzCluster.Grains.Tests.Hazards.BareCluster;

namespace AuthzCluster.Grains.Tests.Hazards;

/// <summary>Whoever takes turns waits for nobody who waits for him: the calls of a running cluster go one way.</summary>
public sealed class CallGraphTests
{
    // Who waits for whose turn. Of the model everybody reads the silo's copy, of rights what is stored.
    private static readonly string[] Turns =
    [
        "api-key -> user-assignments", "entity -> tenant-hierarchy", "role -> role-request", "role -> tenant-hierarchy", "role -> user-assignments",
        "role-request -> tenant-hierarchy", "role-request -> user-assignments",
    ];

    // Reads that interleave wait for no turn.
    private static readonly string[] Reads = ["api-key -> user-assignments", "role-request -> user-assignments"];

    private readonly ConcurrentDictionary<string, byte> _turns = new(), _reads = new();

    [Fact]
    public async Task Calls_OfAllOperations_GoOneWay()
    {
        await using var cluster = await StartAsync(silos: 2, silo: (silo, _) => silo.AddIncomingGrainCallFilter(NoteAsync));
        var tenant = new TenantId("acme");
        Ok(await cluster.Inside.Tenants.CreateAsync(tenant, new TenantPatch(), Admin));
        Ok(await cluster.Inside.Assignments.AssignAsync(TenantId.System, "super_admin", new AssignmentDraft(SubjectId.User("boss")), Admin));
        // By somebody whose rights have to be looked up, and by the service itself.
        await UseAsync(cluster.Inside, tenant, new Caller(SubjectId.User("boss"), "r") { ReachesSystem = true });
        await UseAsync(cluster.Inside, tenant, Admin);
        Ok(await cluster.Inside.Tenants.DeleteAsync(tenant, null, Admin));

        Assert.Equal(Turns, _turns.Keys.Order());
        Assert.Equal(Reads, _reads.Keys.Order());
    }

    [Fact]
    public void Table_OfWhoWaitsForWhom_HasNoCircle()
    {
        var left = Turns.Select(edge => edge.Split(" -> ")).ToList();
        while (left.RemoveAll(edge => left.TrueForAll(other => other[0] != edge[1])) > 0)
        {
        }
        Assert.Empty(left);
    }

    private static async Task UseAsync(Hosting.NodeServices services, TenantId tenant, Caller caller)
    {
        var alice = new AssignmentDraft(SubjectId.User("alice"));
        Ok(await services.Roles.CreateAsync(tenant, new RoleDraft { Id = "base", Name = "base", Permissions = ["invoices:read"] }, caller));
        Ok(await services.Roles.CreateAsync(
            tenant, new RoleDraft { Id = "clerk", Name = "clerk", Permissions = ["invoices:write"], Parents = [new("base")], AssignedTo = [SubjectId.User("made")] }, caller));
        Ok(await services.Roles.AddPermissionAsync(tenant, "clerk", "invoices:print", null, caller));
        Ok(await services.Permissions.RegisterAsync(tenant, "letters:read", "reads letters", caller));
        Ok(await services.Permissions.RemoveAsync(tenant, Permission.Parse("letters:read"), caller));
        var given = Ok(await services.Assignments.AssignAsync(tenant, "clerk", alice, caller));
        Ok(await services.Assignments.PatchAsync(tenant, given.Assignment.Id, new AssignmentPatch { Reason = "because" }, caller));
        Ok(await services.Assignments.AssignAsync(tenant, "clerk", new AssignmentDraft(SubjectId.Team("office")), caller));
        Ok(await services.Assignments.JoinTeamAsync(tenant, "office", SubjectId.User("bob"), caller));
        Ok(await services.ModelTransfer.ImportAssignmentsAsync(tenant, [new AssignmentRow("base", alice), new AssignmentRow("base", new AssignmentDraft(SubjectId.Team("office")))], false, caller));
        Ok(await services.ModelTransfer.ImportModelAsync(tenant, new ModelImport([new RoleDraft { Id = "more", Name = "more", Permissions = ["x:y"] }]), false, caller));
        Ok(await services.Entities.PutAsync(tenant, new EntityId("invoice", "1"), AttributeBag.Of(("n", AttributeValue.Of(true))), null, caller));
        Ok(await services.Entities.ImportAsync(tenant, [new EntityRow(new EntityId("letter", "1"), AttributeBag.Empty)], false, caller));
        Ok(await services.Entities.DeleteAsync(tenant, new EntityId("invoice", "1"), null, caller));
        var key = Ok(await services.ApiKeys.CreateAsync(tenant, new ApiKeyDraft("k") { Roles = ["base"], Tenants = [tenant] }, caller)).Key.Id;
        Ok(await services.ApiKeys.RotateAsync(tenant, key, null, caller));
        Ok(await services.ApiKeys.RevokeAsync(tenant, key, caller));
        Ok(await services.Decisions.EvaluateAsync(tenant, Question("alice", "invoices:print"), DateTimeOffset.UtcNow));
        Ok(await services.Decisions.ExplainAsync(tenant, Question("bob", "invoices:print"), DateTimeOffset.UtcNow));
        Ok(await services.AuditTrail.RecordAsync(tenant, new AuditEntry("test.done", "test", "1", null, null), caller));
        Ok(await services.Assignments.RevokeAsync(tenant, "base", SubjectId.User("alice"), null, caller));
        await UsePoliciesAsync(services, tenant, caller);
        await UseRequestsAsync(services, tenant, caller);
        await UseWebhooksAsync(services, tenant, caller);
        await SearchAsync(services, tenant);
        Ok(await services.Tenants.UpdateAsync(tenant, new TenantPatch(), null, caller));
        // With holders and somebody who waits for it: a user and a team lose it, a request ends.
        foreach (var role in new[] { "clerk", "base", "more" })
        {
            Ok(await services.Roles.DeleteAsync(tenant, role, true, null, caller));
        }
        Ok(await services.AuditTrail.ListAsync(tenant, new AuditQuery(null, 10)));
    }

    private static async Task UsePoliciesAsync(Hosting.NodeServices services, TenantId tenant, Caller caller)
    {
        var policy = new PolicyDraft { Id = "night", Name = "night", Effect = PolicyEffect.Deny, Principals = ["role:base"], Actions = ["pay"] };
        Ok(await services.Policies.CreateAsync(tenant, policy, caller));
        Ok(await services.Policies.ReplaceAsync(tenant, "night", policy with { Priority = 1 }, null, caller));
        Ok(await services.Policies.TryAsync(tenant, policy, [new TimedRequest(Question("bob", "invoices:pay"), DateTimeOffset.UtcNow)]));
        Ok(await services.Policies.AttachAsync(tenant, "clerk", policy with { Id = "day", Name = "day", Principals = [] }, null, caller));
        Ok(await services.Decisions.EvaluateAsync(tenant, Question("bob", "invoices:pay"), DateTimeOffset.UtcNow));
        Ok(await services.Policies.DetachAsync(tenant, "clerk", "day", null, caller));
        Ok(await services.Policies.DeleteAsync(tenant, "night", null, caller));
        Ok(await services.Constraints.CreateAsync(tenant, new ConstraintDraft { Id = "apart", Name = "apart", Roles = ["clerk", "more"], Max = 1 }, caller));
        Assert.False((await services.Assignments.AssignAsync(tenant, "more", new AssignmentDraft(SubjectId.User("made")), caller)).IsOk);
        Ok(await services.Constraints.DeleteAsync(tenant, "apart", caller));
    }

    // For users and for a team, who get the role, do not, or wait for it still when it is deleted.
    private static async Task UseRequestsAsync(Hosting.NodeServices services, TenantId tenant, Caller caller)
    {
        foreach (var principal in new[] { SubjectId.User("carol"), SubjectId.Team("field") })
        {
            var given = await AskAsync(principal);
            Ok(await services.RoleRequests.ApproveAsync(tenant, given, null, caller));
            Ok(await services.Assignments.RevokeAsync(tenant, "base", principal, null, caller));
            Ok(await services.RoleRequests.RejectAsync(tenant, await AskAsync(principal), null, caller));
            Ok(await services.RoleRequests.CancelAsync(tenant, await AskAsync(principal), null, caller));
            await AskAsync(principal);
        }

        async Task<string> AskAsync(SubjectId principal) => Ok(await services.RoleRequests.CreateAsync(
            tenant, new RoleRequestDraft("base", new AssignmentDraft(principal)), Admin with { Principal = SubjectId.User("asker") })).Request.Id;
    }

    private static async Task UseWebhooksAsync(Hosting.NodeServices services, TenantId tenant, Caller caller)
    {
        var hook = Ok(await services.Webhooks.CreateAsync(tenant, new WebhookDraft { Url = "https://hooks.example.com/", IsActive = false }, caller)).Hook.Id;
        Ok(await services.Webhooks.UpdateAsync(tenant, hook, new WebhookDraft { Description = "d" }, null, caller));
        Ok(await services.Webhooks.RotateAsync(tenant, hook, null, caller));
        Ok(await services.Webhooks.ReplayAsync(tenant, hook, 0, caller));
        Ok(await services.Webhooks.ListDeadAsync(tenant, hook));
        Ok(await services.Webhooks.DeleteAsync(tenant, hook, null, caller));
    }

    private static async Task SearchAsync(Hosting.NodeServices services, TenantId tenant)
    {
        var now = DateTimeOffset.UtcNow;
        var search = new AccessSearch(services.Candidates, services.Decisions);
        Assert.NotEmpty(Ok(await search.FindAsync(tenant, new(AccessQueryKind.Subjects, "user", Question("bob", "invoices:print")), null, 10, now, now)).Items);
        Ok(await search.FindAsync(tenant, new(AccessQueryKind.Resources, "letter", Question("bob", "invoices:print")), null, 10, now, now));
        Assert.NotEmpty(Ok(await search.FindAsync(tenant, new(AccessQueryKind.Actions, "invoices", Question("bob", "invoices:print")), null, 10, now, now)).Items);
    }

    private Task NoteAsync(IIncomingGrainCallContext call)
    {
        if (call.SourceId is { } source && Kind(source) is { } from && Kind(call.TargetId) is { } to)
        {
            var interleaves = call.InterfaceMethod.IsDefined(typeof(AlwaysInterleaveAttribute), inherit: true);
            (interleaves ? _reads : _turns).TryAdd($"{from} -> {to}", 0);
        }
        return call.Invoke();
    }

    // Only the actors: what runs services or tells silos takes no turns.
    private static string? Kind(GrainId grain) =>
        grain.Type.ToString() is "role" or "tenant-hierarchy" or "user-assignments" or "api-key" or "audit-log" or "entity" or "role-request" or "webhook" ? grain.Type.ToString() : null;
}
