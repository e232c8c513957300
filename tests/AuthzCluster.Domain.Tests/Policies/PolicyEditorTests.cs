using System.Collections.Immutable;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Domain.Tests.Decisions;

namespace AuthzCluster.Domain.Tests.Policies;

public class PolicyEditorTests
{
    private static readonly DateTimeOffset Now = Tenant.Now;
    private static readonly RoleId Clerk = new("clerk");
    private static readonly TenantModel Empty = Tenant.Of(Tenant.Role("clerk", ["invoices:*"]));
    private static readonly PolicyDraft Draft = new() { Name = "No deletes", Effect = PolicyEffect.Deny, Actions = ["delete"] };

    [Fact]
    public void Create_AGoodDraft_IsThereAndTold()
    {
        var change = PolicyEditor.Create(Empty, Draft, "p1", Now).Value!;
        var policy = change.Model.Policies["p1"];
        Assert.Equal((1, Empty.Revision + 1, true), (policy.Version, change.Model.Revision, change.IsNew));
        Assert.Empty(change.Touched);
        var told = Assert.Single(change.Audit);
        Assert.Equal((AuditActions.PolicyCreated, "policy", "p1", null), (told.Action, told.TargetType, told.TargetId, told.Before));
        Assert.True(told.After!.TryGet("effect", out var effect) && effect == AttributeValue.Of("deny"));
    }

    [Fact]
    public void Create_ATakenId_IsRefusedWhereverItIs()
    {
        var own = PolicyEditor.Create(Empty, Draft, "p1", Now).Value!.Model;
        var roles = PolicyEditor.Attach(own, Clerk, Draft, "p2", null, Now).Value!.Model;
        Assert.Equal(ErrorCode.InvalidState, PolicyEditor.Create(roles, Draft, "p1", Now).Error!.Code);
        Assert.Equal(ErrorCode.InvalidState, PolicyEditor.Create(roles, Draft with { Id = "p2" }, "new", Now).Error!.Code);
        Assert.Equal(ErrorCode.InvalidState, PolicyEditor.Attach(roles, Clerk, Draft, "p1", null, Now).Error!.Code);
        Assert.Equal(ErrorCode.InvalidState, PolicyEditor.Create(Empty with { Packs = ["business"] }, Draft, "policy_ownership", Now).Error!.Code);
    }

    [Fact]
    public void Replace_AnotherContent_IsTheNextVersion()
    {
        var model = PolicyEditor.Create(Empty, Draft, "p1", Now).Value!.Model;
        var change = PolicyEditor.Replace(model, "p1", Draft with { Priority = 7 }, ifVersion: 1, Now.AddHours(1)).Value!;
        var policy = change.Model.Policies["p1"];
        Assert.Equal((2, 7, Now, Now.AddHours(1)), (policy.Version, policy.Priority, policy.CreatedAt, policy.UpdatedAt));
        Assert.Equal(AuditActions.PolicyUpdated, Assert.Single(change.Audit).Action);
        Assert.True(PolicyEditor.Replace(change.Model, "p1", Draft with { Priority = 7 }, null, Now).Value!.IsNoOp);
        Assert.Equal(ErrorCode.PreconditionFailed, PolicyEditor.Replace(change.Model, "p1", Draft, ifVersion: 1, Now).Error!.Code);
        Assert.Equal(ErrorCode.ValidationFailed, PolicyEditor.Replace(model, "p1", Draft with { Id = "p2" }, null, Now).Error!.Code);
    }

    [Fact]
    public void Delete_APolicy_IsGoneOnce()
    {
        var model = PolicyEditor.Create(Empty, Draft, "p1", Now).Value!.Model;
        Assert.Equal(ErrorCode.PreconditionFailed, PolicyEditor.Delete(model, "p1", ifVersion: 2, Now).Error!.Code);
        var change = PolicyEditor.Delete(model, "p1", ifVersion: 1, Now).Value!;
        Assert.Empty(change.Model.Policies);
        Assert.Equal((AuditActions.PolicyDeleted, null), (change.Audit.Single().Action, change.Audit.Single().After));
        Assert.Equal(ErrorCode.PolicyNotFound, PolicyEditor.Delete(change.Model, "p1", null, Now).Error!.Code);
    }

    [Fact]
    public void Edits_OfABuiltInPolicy_AreRefused()
    {
        var business = Empty with { Packs = ["business"] };
        Assert.Equal(ErrorCode.InvalidState, PolicyEditor.Replace(business, "policy_ownership", Draft, null, Now).Error!.Code);
        Assert.Equal(ErrorCode.InvalidState, PolicyEditor.Delete(business, "policy_business_hours", null, Now).Error!.Code);
        Assert.Equal(ErrorCode.PolicyNotFound, PolicyEditor.Delete(Empty, "policy_ownership", null, Now).Error!.Code);
    }

    [Fact]
    public void AttachAndDetach_APolicy_ChangeTheRole()
    {
        var attached = PolicyEditor.Attach(Empty, Clerk, Draft, "p1", ifVersion: 1, Now).Value!;
        Assert.Equal((2, "p1"), (attached.Model.Roles[Clerk].Version, attached.Model.Roles[Clerk].Policies.Single().Id));
        Assert.Equal(Clerk, Assert.Single(attached.Touched));
        Assert.True(attached.Audit.Single().After!.TryGet("role_id", out var role) && role == AttributeValue.Of("clerk"));
        Assert.NotEqual(Empty, attached.Model);
        Assert.Equal(ErrorCode.PreconditionFailed, PolicyEditor.Detach(attached.Model, Clerk, "p1", ifVersion: 1, Now).Error!.Code);
        Assert.Equal(ErrorCode.PolicyNotFound, PolicyEditor.Detach(attached.Model, Clerk, "p2", null, Now).Error!.Code);
        var detached = PolicyEditor.Detach(attached.Model, Clerk, "p1", ifVersion: 2, Now).Value!;
        Assert.Empty(detached.Model.Roles[Clerk].Policies);
        Assert.Equal(AuditActions.PolicyDeleted, detached.Audit.Single().Action);
        Assert.Equal(ErrorCode.RoleNotFound, PolicyEditor.Attach(Empty, new RoleId("no"), Draft, "p1", null, Now).Error!.Code);
        Assert.Equal(ErrorCode.SystemRoleProtected, PolicyEditor.Attach(Empty with { Packs = ["standard"] }, new RoleId("role_viewer"), Draft, "p1", null, Now).Error!.Code);
    }

    [Fact]
    public void DeletingARole_TakesItsPoliciesAlong()
    {
        var attached = PolicyEditor.Attach(Empty, Clerk, Draft, "p1", null, Now).Value!.Model;
        var marked = RoleEditor.BeginDelete(attached, Clerk, null, Now).Value!.Model;
        var gone = RoleEditor.FinishDelete(marked, Clerk, Now).Value!;
        Assert.Equal([AuditActions.PolicyDeleted, AuditActions.RoleDeleted], gone.Audit.Select(entry => entry.Action));
        Assert.True(PolicyEditor.Create(gone.Model, Draft, "p1", Now).IsOk);
    }

    [Fact]
    public void ReplacingARole_ReplacesItsPolicies()
    {
        var attached = PolicyEditor.Attach(Empty, Clerk, Draft, "p1", null, Now).Value!.Model;
        var same = new RoleDraft { Name = "clerk", Permissions = ["invoices:*"], Policies = [Draft with { Id = "p1" }] };
        Assert.True(RoleEditor.Replace(attached, Clerk, same, null, Now.AddHours(1)).Value!.IsNoOp);
        var other = RoleEditor.Replace(attached, Clerk, same with { Policies = [Draft with { Id = "p1", Priority = 1 }, Draft with { Id = "p0" }] }, null, Now).Value!;
        Assert.Equal([("p0", 1L), ("p1", 2L)], other.Model.Roles[Clerk].Policies.Select(policy => (policy.Id, policy.Version)));
        Assert.Equal([AuditActions.PolicyCreated, AuditActions.PolicyUpdated], other.Audit.Select(entry => entry.Action).Order());
        Assert.Empty(RoleEditor.Replace(attached, Clerk, same with { Policies = [] }, null, Now).Value!.Model.Roles[Clerk].Policies);
    }

    [Fact]
    public void AnImportOfTheRole_LeavesItsPolicies()
    {
        var attached = PolicyEditor.Attach(Empty, Clerk, Draft, "p1", null, Now).Value!.Model;
        var import = new ModelImport([new RoleDraft { Name = "clerk", Permissions = ["a:b"] }]);
        var imported = ModelImporter.Import(attached, import, () => "new", "user:root", Now).Value!.Change.Model;
        Assert.Equal("p1", Assert.Single(imported.Roles[Clerk].Policies).Id);
    }

    public static TheoryData<PolicyDraft, string> Bad() => new()
    {
        { Draft with { Name = " " }, "name" },
        { Draft with { Id = "a\nb" }, "id" },
        { Draft with { Effect = null }, "effect" },
        { Draft with { Effect = (PolicyEffect)9 }, "effect" },
        { Draft with { Priority = 1_000_001 }, "priority" },
        { Draft with { Resources = ["ok", "in*side"] }, "resources[1]" },
        { Draft with { Resources = ["*both*"] }, "resources[0]" },
        { Draft with { Resources = [""] }, "resources[0]" },
        { Draft with { Resources = [.. Enumerable.Repeat("a", 101)] }, "resources" },
        { Draft with { Actions = ["**"] }, "actions[0]" },
        { Draft with { Principals = ["user:*:x"] }, "principals[0]" },
        { Draft with { Conditions = [new Condition("no_such", AttributeBag.Empty)] }, "conditions[0].type" },
        { Draft with { GrantPermissions = ["a:b"] }, "grant_permissions" },
        { Draft with { Effect = PolicyEffect.Allow, GrantPermissions = ["a:b", "nonsense"] }, "grant_permissions[1]" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void Create_ABadDraft_IsRefusedByItsPlace(PolicyDraft draft, string place)
    {
        var error = PolicyEditor.Create(Empty, draft, "p1", Now).Error!;
        Assert.Equal(ErrorCode.ValidationFailed, error.Code);
        Assert.Contains(error.Fields, field => field.Field == place);
        Assert.Equal($"policies[0].{place}", PlaceInARole(draft with { Id = draft.Id ?? "p1" }));
    }

    [Fact]
    public void BuiltInPolicies_AreThoseOfTheContract()
    {
        var policies = BuiltInPacks.PoliciesOf(["business", "standard"]);
        Assert.Equal(
            [("policy_business_hours", 10, false), ("policy_ownership", 100, true)],
            policies.Select(policy => (policy.Id, policy.Priority, policy.IsActive)));
        Assert.All(policies, policy => Assert.Equal((PolicyEffect.Deny, true), (policy.Effect, policy.IsSystem)));
        Assert.Empty(BuiltInPacks.PoliciesOf(["standard", "knowledge", "elections"]));
    }

    private static string PlaceInARole(PolicyDraft policy) =>
        RoleEditor.Create(Empty, new RoleDraft { Name = "other", Policies = [policy] }, new RoleId("other"), Now).Error!.Fields[0].Field;
}
