using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Domain.Tests.Roles;

public sealed class RoleCatalogTests : RoleEditorTestBase
{
    [Fact]
    public void ByName_IsOrdinalWithBuiltIn() // and does not depend on the order of creation
    {
        Create("b");
        Create("Z");
        Create("a");
        Assert.Equal(["Z", "a", "b", "super_admin", "tenant_admin", "user_manager", "viewer"], Model.Catalog.ByName.Select(role => role.Name));
    }

    [Fact]
    public void Resolve_IdOrName_FindsEither()
    {
        Create(new RoleDraft { Name = "clerk", Id = "c1" });
        Assert.Same(Model.Catalog.Resolve("c1"), Model.Catalog.Resolve("clerk"));
        Assert.Equal("viewer", Model.Catalog.Resolve("role_viewer")!.Name);
        Assert.Null(Model.Catalog.Resolve("CLERK"));
        Assert.Null(Model.Catalog.Find(new RoleId("clerk")));
    }

    [Fact]
    public void Catalog_IsKeptUntilRolesOrPacksChange()
    {
        Create("a");
        var catalog = Model.Catalog;
        Assert.Same(catalog, Model.Catalog);
        Assert.Same(catalog, (Model with { DisplayName = "other" }).Catalog);
        Assert.Null((Model with { Roles = Model.Roles.Clear() }).Catalog.Resolve("a"));
        Assert.NotNull((Model with { Packs = ["business"] }).Catalog.Resolve("accountant"));
        Assert.Null(Model.Catalog.Resolve("accountant"));
    }

    [Fact]
    public void HierarchyOf_Diamond_NamesEachOnceNearestFirst()
    {
        Create("top");
        Create("left", new ParentDraft("top"));
        Create("right", new ParentDraft("top", InheritanceType.None));
        Create("bottom", new ParentDraft("right"), new ParentDraft("left"), new ParentDraft("top"));
        var above = Model.Catalog.HierarchyOf(IdOf("bottom")).Ancestors;
        Assert.Equal([("left", 1), ("right", 1), ("top", 1)], above.Select(role => (role.Name, role.Depth)));
        var below = Model.Catalog.HierarchyOf(IdOf("top")).Descendants;
        Assert.Equal([("bottom", 1, InheritanceType.Full), ("left", 1, InheritanceType.Full), ("right", 1, InheritanceType.None)],
            below.Select(role => (role.Name, role.Depth, role.Inheritance)));
        Assert.Equal(2, Model.Catalog.HierarchyOf(IdOf("left")).Descendants.Count + Model.Catalog.HierarchyOf(IdOf("right")).Descendants.Count);
        Assert.Empty(Model.Catalog.HierarchyOf(new RoleId("nobody")).Ancestors);
    }
}
