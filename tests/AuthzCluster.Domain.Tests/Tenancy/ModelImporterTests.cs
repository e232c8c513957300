using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Domain.Tests.Roles;

namespace AuthzCluster.Domain.Tests.Tenancy;

public sealed class ModelImporterTests : RoleEditorTestBase
{
    private int _made;

    [Fact]
    public void Import_NewAndKnownRoles_UpsertsByName()
    {
        Create(new RoleDraft { Name = "kept", Permissions = ["a:b"] });
        Create(new RoleDraft { Name = "changed", Permissions = ["a:b"] });
        var done = Take(
            new RoleDraft { Name = "kept", Permissions = ["a:b", "a.b"] }, new RoleDraft { Name = "changed", Permissions = ["a:c"] },
            new RoleDraft { Name = "roles/new.viewer", Id = "mine", DisplayName = new string('x', 300), Parents = [new ParentDraft("late")] },
            new RoleDraft { Name = "late", Level = 5 });
        Assert.Equal((2, 1, 1), (done.Created, done.Updated, done.Unchanged));
        Assert.Equal([AuditActions.RoleUpdated, AuditActions.RoleCreated, AuditActions.RoleCreated, AuditActions.ModelImported],
            done.Change.Audit.Select(entry => entry.Action));
        Assert.Equal((new RoleId("mine"), 5, 2L), (IdOf("roles/new.viewer"), Role("mine").Level, Role("changed").Version));
        Assert.Equal(3, done.Change.Touched.Length);
    }

    [Fact]
    public void Import_SecondTime_ChangesNothing()
    {
        RoleDraft[] drafts = [new RoleDraft { Name = "a", Parents = [new ParentDraft("b")] }, new RoleDraft { Name = "b", Permissions = ["x:y"] }];
        AssignmentRow[] teams = [new("a", new AssignmentDraft(SubjectId.Team("t")))];
        Take(Import(drafts, teams));
        var again = Import(drafts, teams).Value!;
        Assert.True(again.Change.IsNoOp);
        Assert.Same(Model, again.Change.Model);
        Assert.Equal((0, 0, 2, 0), (again.Created, again.Updated, again.Unchanged, again.Change.Audit.Length));
    }

    [Fact]
    public void Lesson20_RowsThatExist_AreUpdatedAndABadOneStopsAll()
    {
        Take(new RoleDraft { Name = "a", Permissions = ["x:y"] });
        var before = Model;
        RoleDraft[] drafts = [new RoleDraft { Name = "a", Permissions = ["x:z"] }, new RoleDraft { Name = "b" }];
        Assert.Equal(ErrorCode.ValidationFailed, Import([.. drafts, new RoleDraft { Name = "" }], []).Error?.Code);
        Assert.Same(before, Model);
        Assert.Equal("x:y", Assert.Single(Role("a").Permissions).ToString());
        var done = Import(drafts, []).Value!;
        Assert.Equal((1, 1, 0), (done.Created, done.Updated, done.Unchanged));
        Assert.Equal(("x:z", Role("a").Id), (done.Change.Model.Catalog.Resolve("a")!.Permissions.Single().ToString(), done.Change.Model.Catalog.Resolve("a")!.Id));
    }

    [Fact]
    public void Import_EqualPermissions_AreOneObject()
    {
        Take(new RoleDraft { Name = "a", Permissions = ["x.y.get"] }, new RoleDraft { Name = "b", Permissions = ["x.y:get:*"] });
        Assert.Same(Role("a").Permissions[0], Role("b").Permissions[0]);
    }

    [Fact]
    public void Import_BadRows_AreAllNamedAndNothingChanges()
    {
        Create(new RoleDraft { Name = "known", Id = "known-id" });
        Create("gone");
        Take(RoleEditor.BeginDelete(Model, IdOf("gone"), null, Now));
        Invalid(
            Import(
            [
                new RoleDraft { Name = "a", Permissions = ["a:b", "?"] }, new RoleDraft { Name = "a" }, new RoleDraft { Name = "viewer" },
                new RoleDraft { Name = "b", Id = "known-id" }, new RoleDraft { Name = "c", Id = "known" }, new RoleDraft { Name = "known-id" },
                new RoleDraft { Name = "d", Id = "same" }, new RoleDraft { Name = "e", Id = "same" }, new RoleDraft { Name = "same" },
                new RoleDraft { Name = "gone" }, new RoleDraft { Name = "f", Parents = [new ParentDraft("nobody")], Level = -1 },
            ],
            [new AssignmentRow("nobody", new AssignmentDraft(SubjectId.User("u")))]),
            "roles[0].permissions[1]", "roles[1].name", "roles[2].name", "roles[3].id", "roles[4].id", "roles[5].name", "roles[7].id", "roles[8].name",
            "roles[9].name", "roles[10].parents[0].role_id", "roles[10].hierarchy_level", "team_assignments[0].role", "team_assignments[0].principal.type");
    }

    [Fact]
    public void Import_Cycle_NamesTheRowsOnItAlone() => Invalid(
        Import([Child("a", "c"), Child("b", "a"), Child("c", "b"), Child("below", "a"), Child("self", "self"), new RoleDraft { Name = "fine" }]),
        "roles[0].parents", "roles[1].parents", "roles[2].parents", "roles[4].parents");

    [Fact]
    public void Import_ChainAcrossImportedAndExisting_IsCounted()
    {
        Create("e0");
        for (var i = 1; i < 5; i++)
        {
            Create($"e{i}", new ParentDraft($"e{i - 1}"));
        }
        RoleDraft[] five = [Child("i0", "e4"), Child("i1", "i0"), Child("i2", "i1"), Child("i3", "i2"), Child("i4", "i3")];
        Invalid(Import([.. five, Child("i5", "i4")]), "roles[5].parents");
        Take(five);
        Invalid(Import([Child("e0", "viewer")]), "roles");
        // A chain of any length is refused, not walked into.
        Refused(ErrorCode.ValidationFailed, Import([.. Enumerable.Range(0, 20_000).Select(i => i == 0 ? new RoleDraft { Name = "n0" } : Child($"n{i}", $"n{i - 1}"))]));
    }

    [Fact]
    public void Import_LevelsBelowParents_AreNamed()
    {
        Create(new RoleDraft { Name = "parent", Level = 5 });
        Create("child", new ParentDraft("parent"));
        Invalid(Import([new RoleDraft { Name = "parent", Level = 6 }]), "roles[0].hierarchy_level");
        Invalid(Import([Child("new", "parent") with { Level = 4 }]), "roles[0].hierarchy_level");
        Take(Child("child", "parent"), new RoleDraft { Name = "parent", Level = 6 });
        Assert.Equal(6, Role("child").Level);
    }

    [Fact]
    public void Import_InactiveParent_OnlyIfItComesAlong()
    {
        Create(new RoleDraft { Name = "off", IsActive = false });
        Invalid(Import([Child("child", "off")]), "roles[0].parents");
        Take(Child("child", "off"), new RoleDraft { Name = "off", IsActive = false });
        Assert.True(Import([Child("child", "off")]).Value!.Change.IsNoOp);
    }

    [Fact]
    public void Import_OtherTenantsIds_AreUnderstoodInEdgesButNotTaken()
    {
        Create(new RoleDraft { Name = "base", Id = "here" });
        var done = Take(new RoleDraft { Name = "base", Id = "there" }, Child("child", "there"));
        Assert.Equal((new RoleId("here"), new RoleId("here")), (IdOf("base"), Role("child").Parents.Single().Parent));
        Assert.Contains("roles[0].id", Assert.Single(done.Change.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Import_TeamGrants_AreGivenAndEndedOnesLeftOut()
    {
        var team = new AssignmentDraft(SubjectId.Team("t"));
        var done = Take(Import([new RoleDraft { Name = "a" }],
            [new("a", team), new("viewer", team with { ExpiresAt = Now }), new("role_viewer", team with { ExpiresAt = Now.AddDays(1) })]));
        Assert.Equal([IdOf("a"), IdOf("viewer")], Model.TeamGrants["t"].Select(grant => grant.Role));
        Assert.Equal((2, 1), (done.Change.TeamAssignments.Length, done.Change.Warnings.Length));
    }

    [Fact]
    public void Import_LargeRole_IsToldByCountAndHash()
    {
        var many = Enumerable.Range(0, 201).Select(i => $"r{i:D3}:read").ToList();
        var entry = Take(new RoleDraft { Name = "large", Permissions = many }).Change.Audit[0];
        Assert.False(entry.After!.TryGet("permissions", out _));
        Assert.True(entry.After.TryGet("permissions_sha256", out var hash) && hash.AsString.Length == 64);
        var delta = Take(new RoleDraft { Name = "large", Permissions = many[1..] }).Change.Audit[0];
        Assert.True(delta.Before!.TryGet("permissions_removed", out var removed) && removed.AsList.Single().AsString == "r000:read");
    }

    [Fact]
    public void Import_Policies_AreCountedThoseOfRolesToo()
    {
        var import = new ModelImport([new RoleDraft { Name = "clerk", Policies = [Deny("r1"), Deny("r2")] }]) { Policies = [Deny("t1"), Deny("t2")] };
        AssertPolicies((4, 0, 0), Take(Import(import)));
        Assert.True(Import(import).Value!.Change.IsNoOp);
        AssertPolicies((0, 0, 0), Import(import).Value!);

        var changed = Take(Import(new ModelImport([new RoleDraft { Name = "clerk", Policies = [Deny("r1") with { Priority = 5 }, Deny("r3")] }])
        {
            Policies = [Deny("t1") with { Priority = 5 }, Deny("t3"), Deny("t4")],
        }));
        AssertPolicies((3, 2, 1), changed);
        var told = changed.Change.Audit[^1].After!;
        Assert.Equal(
            [("policies_created", AttributeValue.Of(3m)), ("policies_removed", AttributeValue.Of(1m)), ("policies_updated", AttributeValue.Of(2m))],
            told.Where(member => member.Key.StartsWith("policies_", StringComparison.Ordinal)).Select(member => (member.Key, member.Value)).OrderBy(member => member.Key, StringComparer.Ordinal));

        // Of a role without policies in the import they stay, and of the tenant what is not there.
        AssertPolicies((0, 0, 0), Take(Import(new ModelImport([new RoleDraft { Name = "clerk", Permissions = ["a:b"] }]))));
        Assert.Equal(["r1", "r3"], Role("clerk").Policies.Select(policy => policy.Id));
        Assert.Equal(["t1", "t2", "t3", "t4"], Model.Policies.Keys.Order());

        static PolicyDraft Deny(string id) => new() { Id = id, Name = id, Effect = PolicyEffect.Deny };
        static void AssertPolicies((int Created, int Updated, int Removed) expected, ImportedModel done) =>
            Assert.Equal(expected, (done.PoliciesCreated, done.PoliciesUpdated, done.PoliciesRemoved));
    }

    private static RoleDraft Child(string name, string parent) => new() { Name = name, Parents = [new ParentDraft(parent)] };

    private Result<ImportedModel> Import(RoleDraft[] roles, params AssignmentRow[] teams) => Import(new ModelImport(roles) { TeamGrants = teams });

    private Result<ImportedModel> Import(ModelImport import) => ModelImporter.Import(Model, import, () => $"made-{_made++}", "user:x", Now);

    private ImportedModel Take(params RoleDraft[] roles) => Take(Import(roles));

    private ImportedModel Take(Result<ImportedModel> result)
    {
        Assert.True(result.IsOk, result.Error?.Detail);
        Model = result.Value.Change.Model;
        return result.Value;
    }
}
