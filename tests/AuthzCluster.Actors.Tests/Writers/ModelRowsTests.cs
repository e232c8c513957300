using System.Collections.Immutable;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Actors.Writers;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Tests.Writers;

public sealed class ModelRowsTests
{
    private static readonly TenantId Tenant = new("acme");
    private static readonly ActorKey Key = ActorKey.Of(Tenant);
    private static readonly TenantModel Empty = new() { Id = Tenant, DisplayName = "Acme" };
    private static readonly DateTimeOffset Noon = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Delta_NewTenant_ItsBuiltInRolesCanBeAssigned()
    {
        var (adds, removes) = ModelRows.Delta(Key, null, Empty, []);

        Assert.Empty(removes);
        Assert.Equal(["role_super_admin", "role_tenant_admin", "role_user_manager", "role_viewer"], Assignable(adds));
    }

    [Fact]
    public void Delta_PackChange_KeepsWhatBothPacksName()
    {
        var (adds, removes) = ModelRows.Delta(Key, Empty, Empty with { Packs = ["business"] }, []);

        Assert.Contains("role_accountant", Assignable(adds));
        Assert.DoesNotContain("role_super_admin", Assignable(adds).Concat(Assignable(removes)));
        Assert.Equal(["role_tenant_admin", "role_user_manager", "role_viewer"], Assignable(removes));
    }

    [Fact]
    public void Delta_NewEntityType_ItsRowIsAddedAndNoOther()
    {
        var before = Empty with { EntityTypes = Empty.EntityTypes.Add("user") };
        var (adds, removes) = ModelRows.Delta(Key, before, before with { EntityTypes = before.EntityTypes.Add("User") }, []);

        Assert.Equal([new IndexRow(Tenant, "entity_types", "User", "")], adds);
        Assert.Empty(removes);
    }

    [Fact]
    public void Delta_RoleMadeTombstonedAndGone_RowComesAndGoesWithTheFirstTwo()
    {
        var role = new RoleDefinition { Id = new RoleId("r"), Name = "reader", DisplayName = "Reader" };
        var made = Empty with { Roles = Empty.Roles.Add(role.Id, role) };
        var dying = Empty with { Roles = Empty.Roles.Add(role.Id, role with { IsDeleting = true }) };

        Assert.Equal(["r"], Assignable(ModelRows.Delta(Key, Empty, made, [role.Id]).Adds));
        Assert.Equal(["r"], Assignable(ModelRows.Delta(Key, made, dying, [role.Id]).Removes));
        Assert.Equal(["r"], Assignable(ModelRows.Delta(Key, dying, made, [role.Id]).Adds));
        var (adds, removes) = ModelRows.Delta(Key, dying, Empty, [role.Id]);
        Assert.Empty(adds);
        Assert.Empty(removes);
    }

    [Fact]
    public void Delta_TeamGrants_AreDueAtTheEarliestEnd()
    {
        var grants = Empty.TeamGrants.Add("t", [Held("a", Noon.AddHours(1)), Held("b", Noon), Held("c", null)]);
        var (adds, removes) = ModelRows.Delta(Key, Empty, Empty with { TeamGrants = grants }, []);

        Assert.Empty(removes);
        Assert.Equal(["a", "b", "c"], adds.Where(row => row.Index == IndexNames.Assignments).Select(row => row.Key));
        Assert.Equal(Noon, Assert.Single(adds, row => row.Index == IndexNames.Due).At);
        Assert.Equal(4, ModelRows.Delta(Key, Empty with { TeamGrants = grants }, Empty, []).Removes.Count);
    }

    [Fact]
    public void Delta_TeamHistory_IsFoundUntilItIsForgotten()
    {
        var held = Empty with { TeamGrants = Empty.TeamGrants.Add("t", [Held("a", Noon)]) };
        var ended = Empty with { TeamHistory = Empty.TeamHistory.Add("t", [Held("a", Noon)]) };

        var (adds, removes) = ModelRows.Delta(Key, held, ended, []);
        Assert.Empty(adds);
        Assert.Equal([IndexNames.Due], removes.Select(row => row.Index));
        (adds, removes) = ModelRows.Delta(Key, ended, Empty, []);
        Assert.Empty(adds);
        Assert.Equal([new IndexRow(Tenant, IndexNames.Assignments, "a", Key.Value)], removes);
    }

    [Fact]
    public void Delta_Constraint_MarksWhatCountsAndNothingElse()
    {
        var roles = new[] { ("a", ""), ("b", ""), ("heir", "a"), ("other", "") }
            .Select(one => new RoleDefinition { Id = new RoleId(one.Item1), Name = one.Item1, DisplayName = "", Parents = one.Item2 == "" ? [] : [new ParentEdge(new RoleId(one.Item2))] })
            .ToImmutableDictionary(role => role.Id);
        var before = Empty with { Roles = roles, TeamGrants = Empty.TeamGrants.Add("t", [Held("x", null) with { Role = new RoleId("heir") }]) };
        var constraint = new SeparationConstraint { Id = "k", Name = "k", Roles = [new("a"), new("b")] };
        var looking = before with
        {
            SeparationEpoch = 7,
            Checking = new SeparationCheck((before with { Constraints = before.Constraints.Add("k", constraint) }).Separation, Noon),
        };
        var after = before with { SeparationEpoch = 7, Constraints = before.Constraints.Add("k", constraint) };

        var (adds, removes) = ModelRows.Delta(Key, before, looking, []);
        Assert.Equal(["a:7", "b:7", "heir:7"], Marks(adds, IndexNames.AssignableRoles));
        Assert.Equal(["a:", "b:", "heir:"], Marks(removes, IndexNames.AssignableRoles));
        Assert.Equal(["t:7"], Marks(adds, IndexNames.ConstrainedTeams));
        Assert.Equal(Noon.AddSeconds(5), Assert.Single(adds, row => row.Index == IndexNames.Due).At);

        (adds, removes) = ModelRows.Delta(Key, looking, after, []);
        Assert.Empty(adds);
        Assert.Equal([IndexNames.Due], removes.Select(row => row.Index));

        (adds, removes) = ModelRows.Delta(Key, after, before, []);
        Assert.Equal(["a:", "b:", "heir:"], Marks(adds, IndexNames.AssignableRoles));
        Assert.Equal(["t:7"], Marks(removes, IndexNames.ConstrainedTeams));
    }

    private static IEnumerable<string> Marks(IEnumerable<IndexRow> rows, string index) =>
        rows.Where(row => row.Index == index).Select(row => $"{row.Key}:{row.Member}").Order(StringComparer.Ordinal);

    private static IEnumerable<string> Assignable(IEnumerable<IndexRow> rows) =>
        rows.Where(row => row.Index == IndexNames.AssignableRoles).Select(row => row.Key).Order(StringComparer.Ordinal);

    private static Assignment Held(string id, DateTimeOffset? until) =>
        new() { Id = id, Role = new RoleId("reader"), GrantedBy = "user:admin", ExpiresAt = until };
}
