using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Domain.Tests.Roles;

namespace AuthzCluster.Domain.Tests.Tenancy;

public sealed class TenantEditorTests : RoleEditorTestBase
{
    [Fact]
    public void Create_EmptyPatch_HasDefaults()
    {
        var change = TenantEditor.Create(new TenantId("acme"), new TenantPatch(), Now.AddTicks(7)).Value!;
        Assert.Equal(("acme", 1L, Edition.Enterprise, Now), (change.Model.DisplayName, change.Model.Revision, change.Model.Edition, change.Model.CreatedAt));
        Assert.Equal("standard", Assert.Single(change.Model.Packs));
        Assert.Equal(AuditActions.TenantCreated, Assert.Single(change.Audit).Action);
    }

    [Fact]
    public void Create_ManyMistakes_AreAllNamed() => Invalid(
        TenantEditor.Create(new TenantId("a\0"), new TenantPatch
        {
            DisplayName = " ",
            Packs = ["standard", "Standard"],
            Settings = AttributeBag.Of(
                ("strict_permission", AttributeValue.Of(true)), ("strict_permissions", AttributeValue.Of("true")), ("policy_engine", AttributeValue.Of("rego")),
                ("retention_days", AttributeValue.Of(0m)), ("decision_log", AttributeValue.Of("all")), ("opa", AttributeValue.Null)),
        }, Now),
        "id", "display_name", "packs[1]", "settings.strict_permission", "settings.strict_permissions", "settings.policy_engine", "settings.retention_days");

    [Fact]
    public void Update_LeftOut_StaysAndNullSettingGoes()
    {
        Take(Update(new TenantPatch { DisplayName = "D", Settings = AttributeBag.Of(("strict_permissions", AttributeValue.Of(true))) }));
        Take(Update(new TenantPatch { Edition = Edition.Core, Settings = AttributeBag.Of(("decision_log", AttributeValue.Of("off"))) }));
        Assert.Equal(("D", Edition.Core, 2, 3L), (Model.DisplayName, Model.Edition, Model.Settings.Count, Model.Revision));
        Assert.True(Update(new TenantPatch { DisplayName = "D", Packs = ["standard", "standard"] }).Value!.IsNoOp);
        Take(Update(new TenantPatch { Settings = AttributeBag.Of(("strict_permissions", AttributeValue.Null)) }));
        Assert.Equal("decision_log", Assert.Single(Model.Settings).Key);
        Refused(ErrorCode.PreconditionFailed, TenantEditor.Update(Model, new TenantPatch(), 3, Now));
    }

    [Theory]
    [InlineData("guest", null)]
    [InlineData("x", "role_guest")]
    [InlineData("role_guest", null)]
    [InlineData("x", "guest")]
    public void Update_PackWhoseRoleIsTaken_IsRefused(string name, string? id)
    {
        Create(new RoleDraft { Name = name, Id = id });
        var refused = Update(new TenantPatch { Packs = ["standard", "business"] });
        Refused(ErrorCode.InvalidState, refused);
        Assert.Contains($"`{name}`", refused.Error!.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Update_PackWhosePolicyHasATakenId_IsNotAdded(bool isOfRole)
    {
        Create("clerk");
        var draft = new PolicyDraft { Id = "policy_ownership", Name = "own", Effect = PolicyEffect.Allow };
        Take(isOfRole ? PolicyEditor.Attach(Model, IdOf("clerk"), draft, "", null, Now) : PolicyEditor.Create(Model, draft, "", Now));
        Refused(ErrorCode.InvalidState, Update(new TenantPatch { Packs = ["standard", "business"] }));
        Take(isOfRole ? PolicyEditor.Detach(Model, IdOf("clerk"), draft.Id, null, Now) : PolicyEditor.Delete(Model, draft.Id, null, Now));
        Take(Update(new TenantPatch { Packs = ["standard", "business"] }));
    }

    [Fact]
    public void Update_PackWhoseRolesAreUsed_IsNotRemoved()
    {
        Take(Update(new TenantPatch { Packs = ["standard", "business"] }));
        Create("clerk", new ParentDraft("accountant"));
        Refused(ErrorCode.InvalidState, Update(new TenantPatch { Packs = ["standard"] }));
        Take(RoleEditor.RemoveParent(Model, IdOf("clerk"), "accountant", null, Now));
        Take(TeamGrantEditor.Assign(Model, "t", IdOf("guest"), new AssignmentDraft(SubjectId.Team("t")), "a", "user:x", Now));
        Refused(ErrorCode.RoleInUse, Update(new TenantPatch { Packs = ["standard"] }));
        Take(TeamGrantEditor.Revoke(Model, "t", IdOf("guest"), null, Now));
        var change = Take(Update(new TenantPatch { Packs = ["standard"] }));
        Assert.Equal(9, change.Touched.Length);
        Assert.Equal(8, change.Dropped.Length);
        Assert.DoesNotContain(new RoleId("role_super_admin"), change.Dropped);
        Assert.Null(Model.Catalog.Resolve("accountant"));
        // super_admin is both packs': it may be a parent, and stays.
        Take(Update(new TenantPatch { Packs = ["business", "standard"] }));
        Create("root", new ParentDraft("super_admin"));
        Take(Update(new TenantPatch { Packs = ["standard"] }));
    }

    [Fact]
    public void Update_SystemTenant_KeepsStandard()
    {
        Model = TenantEditor.Create(TenantId.System, new TenantPatch(), Now).Value!.Model;
        Refused(ErrorCode.InvalidState, Update(new TenantPatch { Packs = ["knowledge"] }));
        Take(Update(new TenantPatch { Packs = ["knowledge", "standard"] }));
    }

    [Fact]
    public void Update_PackThatMakesAChainTooLong_IsRefused()
    {
        Create("c0", new ParentDraft("super_admin"));
        for (var i = 1; i < 8; i++)
        {
            Create($"c{i}", new ParentDraft($"c{i - 1}"));
        }
        Refused(ErrorCode.HierarchyTooDeep, Update(new TenantPatch { Packs = ["standard", "business"] }));
    }

    private Result<ModelChange> Update(TenantPatch patch) => TenantEditor.Update(Model, patch, null, Now);
}
