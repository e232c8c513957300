using System.Collections.Immutable;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Domain.Tests.Governance;

public sealed class TighteningTests
{
    private static readonly DateTimeOffset Now = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly TenantModel Plain = Model(("a", []), ("b", []), ("c", []), ("d", []));

    private static readonly TenantModel Apart = With(Plain, "k", 1, "a", "b");

    [Fact]
    public void Between_ConstraintThatAsksForMore_NamesIt()
    {
        Assert.Equal("k||", Between(Plain, Apart));
        Assert.Equal("k||", Between(With(Plain, "k", 2, "a", "b", "c"), With(Plain, "k", 1, "a", "b", "c")));
        Assert.Equal("k||", Between(Apart, With(Plain, "k", 1, "a", "b", "c")));
        Assert.Equal("l||", Between(Apart, With(Apart, "l", 1, "a", "b")));
    }

    [Fact]
    public void Between_WhatLoosens_IsNothing()
    {
        Assert.Null(Between(Apart, Plain));
        Assert.Null(Between(With(Plain, "k", 1, "a", "b", "c"), With(Plain, "k", 2, "a", "b", "c")));
        Assert.Null(Between(With(Plain, "k", 1, "a", "b", "c"), Apart));
        Assert.Null(Between(Edge(Apart, "c", "a"), Apart));
        Assert.Null(Between(Team(Apart, "t", "a"), Apart));
    }

    [Fact]
    public void Between_EdgesAndTeams_NameThoseThatCountAsMore()
    {
        Assert.Equal("|c|", Between(Apart, Edge(Apart, "c", "a")));
        Assert.Equal("|c,d|", Between(Edge(Apart, "d", "c"), Edge(Edge(Apart, "d", "c"), "c", "a")));
        Assert.Equal("|c|t", Between(Team(Apart, "t", "c"), Edge(Team(Apart, "t", "c"), "c", "a")));
        Assert.Equal("||t", Between(Apart, Team(Apart, "t", "b")));
        Assert.Null(Between(Apart, Team(Apart, "t", "c")));
        Assert.Null(Between(Apart, Edge(Apart, "c", "a", InheritanceType.None)));
        Assert.Null(Between(Plain, Edge(Plain, "c", "a")));
    }

    [Fact]
    public void Between_ARoleThatNobodyCanHoldYet_IsNothing()
    {
        var made = Apart with { Roles = Apart.Roles.Add(new("new"), Role("new", "a", "b")) };
        Assert.Null(Between(Apart, made));
        Assert.Equal(["a", "b"], made.Separation.OfRole(new("new")).Select(role => role.Value));
    }

    [Fact]
    public void Separation_OfALaterModel_IsMadeAnewWhereItMayDiffer()
    {
        Assert.Same(SeparationTable.Empty, Plain.Separation);
        var renamed = Apart with { DisplayName = "other" };
        Assert.Same(Apart.Separation, renamed.Separation);
        Assert.NotSame(Apart.Separation, Edge(Apart, "c", "a").Separation);
        Assert.NotEqual(Apart.Separation, Team(Apart, "t", "a").Separation);
        Assert.Equal(Apart.Separation, (Apart with { Roles = Apart.Roles.SetItem(new("d"), Role("d", "c")) }).Separation);
    }

    [Fact]
    public void Find_TeamsShareThatHasEnded_CountsNoMore()
    {
        var model = Team(Team(Apart, "t", "a", Now.AddMinutes(1)), "u", "b");
        var held = new SubjectAssignments { Teams = ["t", "u"] };
        Assert.NotNull(model.Separation.Find(held, Now, null));
        Assert.Null(model.Separation.Find(held, Now.AddMinutes(1), null));
        Assert.Null(model.Separation.Find(held, Now, [new("c")]));
    }

    private static string? Between(TenantModel before, TenantModel after) => Tightening.Between(before, after, Now) is not { } found ? null
        : $"{string.Join(',', found.Constraints.Select(one => one.Id))}|{string.Join(',', found.Roles.Select(one => one.Value).Order())}|{string.Join(',', found.Teams.Order())}";

    private static TenantModel Model(params (string Name, string[] Parents)[] roles) => new()
    {
        Id = new TenantId("acme"), DisplayName = "Acme", Roles = roles.Select(one => Role(one.Name, one.Parents)).ToImmutableDictionary(role => role.Id),
    };

    private static RoleDefinition Role(string name, params string[] parents) => new()
    {
        Id = new RoleId(name), Name = name, DisplayName = name, Parents = [.. parents.Select(parent => new ParentEdge(new RoleId(parent)))],
    };

    private static TenantModel With(TenantModel model, string id, int max, params string[] roles) => model with
    {
        Constraints = model.Constraints.SetItem(id, new SeparationConstraint { Id = id, Name = id, Max = max, Roles = [.. roles.Select(role => new RoleId(role))] }),
    };

    private static TenantModel Edge(TenantModel model, string child, string parent, InheritanceType type = InheritanceType.Full) => model with
    {
        Roles = model.Roles.SetItem(new(child), model.Roles[new(child)] with { Parents = [new ParentEdge(new RoleId(parent), type)] }),
    };

    private static TenantModel Team(TenantModel model, string team, string role, DateTimeOffset? until = null) => model with
    {
        TeamGrants = model.TeamGrants.SetItem(team, [new Assignment { Id = $"{team}-{role}", Role = new RoleId(role), GrantedBy = "user:x", ExpiresAt = until }]),
    };
}
