using AuthzCluster.Actors.Storage;
using AuthzCluster.Actors.Writers;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Tests.Writers;

public sealed class SubjectRowsTests
{
    private static readonly TenantId Tenant = new("acme");
    private static readonly ActorKey Key = ActorKey.Of(Tenant, SubjectId.User("alice"));
    private static readonly DateTimeOffset Noon = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Delta_FirstAssignment_AddsEveryRow()
    {
        var (adds, removes) = SubjectRows.Delta(Tenant, Key, SubjectAssignments.None, new() { Live = [Held("a", "reader", Noon)], Teams = ["t"] });

        Assert.Empty(removes);
        Assert.Equal(
            [
                new(Tenant, IndexNames.Assignments, "a", Key.Value), new(Tenant, IndexNames.RoleHolders, "reader", Key.Value, Noon),
                new(Tenant, IndexNames.TeamMembers, "t", Key.Value), new IndexRow(IndexNames.Everywhere, IndexNames.Due, "", Key.Value, Noon),
            ],
            adds);
    }

    [Fact]
    public void Delta_SeveralOfOneRole_HolderLastsUntilTheLastEnds()
    {
        var before = new SubjectAssignments { Live = [Held("a", "reader", Noon)] };
        var later = new SubjectAssignments { Live = [Held("a", "reader", Noon), Held("b", "reader", Noon.AddHours(1))] };
        var forever = new SubjectAssignments { Live = [Held("b", "reader", Noon.AddHours(1)), Held("c", "reader", null)] };

        Assert.Equal(Noon.AddHours(1), Holder(SubjectRows.Delta(Tenant, Key, before, later).Adds)?.At);
        var (adds, removes) = SubjectRows.Delta(Tenant, Key, later, forever);
        Assert.Null(Assert.NotNull(Holder(adds)).At);
        Assert.Equal(Noon.AddHours(1), adds.Single(row => row.Index == IndexNames.Due).At);
        Assert.Equal(["a"], removes.Select(row => row.Key));
    }

    [Fact]
    public void Delta_LastOneGone_RemovesWhatWasAddedAndNothingElse()
    {
        var held = new SubjectAssignments { Live = [Held("a", "reader", Noon), Held("b", "writer", null)], Teams = ["t", "u"] };
        var (adds, _) = SubjectRows.Delta(Tenant, Key, SubjectAssignments.None, held);
        var (added, removed) = SubjectRows.Delta(Tenant, Key, held, SubjectAssignments.None);

        Assert.Empty(added);
        Assert.Equal(adds.Select(row => row with { At = null }).ToHashSet(), removed.ToHashSet());
    }

    [Fact]
    public void Delta_EndedAndThenForgotten_IsFoundWhileItIsInTheHistory()
    {
        var live = new SubjectAssignments { Live = [Held("a", "reader", Noon)] };
        var ended = new SubjectAssignments { History = [Held("a", "reader", Noon), Held("b", "reader", Noon)] };

        var (adds, removes) = SubjectRows.Delta(Tenant, Key, live, ended);
        Assert.Equal(
            [new(Tenant, IndexNames.PastRoleHolders, "reader", Key.Value), new IndexRow(Tenant, IndexNames.Assignments, "b", Key.Value)], adds);
        Assert.Equal([IndexNames.Due, IndexNames.RoleHolders], removes.Select(row => row.Index).Order(StringComparer.Ordinal));
        (adds, removes) = SubjectRows.Delta(Tenant, Key, ended, ended with { History = [Held("b", "reader", Noon)] });
        Assert.Empty(adds);
        Assert.Equal([new IndexRow(Tenant, IndexNames.Assignments, "a", Key.Value)], removes);
    }

    [Fact]
    public void Delta_Suspended_IsInUseAndDueStill()
    {
        var held = new SubjectAssignments { Live = [Held("a", "reader", Noon)] };
        var (adds, removes) = SubjectRows.Delta(Tenant, Key, held, new SubjectAssignments { Live = [Held("a", "reader", Noon) with { IsSuspended = true }] });

        Assert.Empty(adds);
        Assert.Empty(removes);
    }

    [Fact]
    public void Delta_SameState_IsNothing()
    {
        var held = new SubjectAssignments { Live = [Held("a", "reader", Noon)], Teams = ["t"] };
        var (adds, removes) = SubjectRows.Delta(Tenant, Key, held, held with { Revision = 7 });

        Assert.Empty(adds);
        Assert.Empty(removes);
    }

    private static IndexRow? Holder(IEnumerable<IndexRow> rows) =>
        rows.Where(row => row.Index == IndexNames.RoleHolders).Select(row => (IndexRow?)row).SingleOrDefault();

    private static Assignment Held(string id, string role, DateTimeOffset? until) =>
        new() { Id = id, Role = new RoleId(role), GrantedBy = "user:admin", ExpiresAt = until };
}
