using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Domain.Tests.Roles;

/// <summary>Random edits, most of them of few roles so that they meet: whatever is accepted keeps the rules.</summary>
public sealed class EditSequenceTests : RoleEditorTestBase
{
    private const int Roles = 16;

    [Fact]
    public void RandomEdits_KeepTheInvariants()
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            Model = TenantEditor.Create(TenantId.Default, new TenantPatch { Packs = ["business", "standard"] }, Now).Value!.Model;
            var accepted = 0;
            for (var step = 0; step < 150; step++)
            {
                var before = Model;
                var change = Edit(random);
                if (change is { IsOk: true, Value.IsNoOp: false })
                {
                    Model = change.Value.Value.Model;
                    accepted++;
                    Assert.Equal(before.Revision + 1, Model.Revision);
                    AssertSound($"seed {seed}, step {step}");
                }
            }
            Assert.True(accepted > 20, $"seed {seed}: only {accepted} edits were accepted");
            AssertExportedAndImportedIsTheSame();
        }
    }

    private Result<ModelChange>? Edit(Random random)
    {
        var name = Name(random);
        if (Model.Roles.Values.FirstOrDefault(custom => custom.Name == name) is not { } role)
        {
            return RoleEditor.Create(Model, Draft(random, name), new RoleId($"id-of-{name}-{random.Next()}"), Now);
        }
        return random.Next(12) switch
        {
            0 or 1 => RoleEditor.Replace(Model, role.Id, Draft(random, Name(random)), null, Now),
            2 => RoleEditor.AddPermission(Model, role.Id, $"r{random.Next(5)}:read", null, Now),
            3 => RoleEditor.RemovePermission(Model, role.Id, $"r{random.Next(5)}:read", null, Now),
            4 => RoleEditor.RemoveParent(Model, role.Id, Name(random), null, Now),
            5 => RoleEditor.BeginDelete(Model, role.Id, null, Now),
            6 => RoleEditor.CancelDelete(Model, role.Id, Now),
            7 => RoleEditor.FinishDelete(Model, role.Id, Now),
            _ => RoleEditor.PutParent(Model, role.Id, Parent(random), null, Now),
        };
    }

    private void AssertSound(string when)
    {
        var all = Model.Catalog.All.ToDictionary(role => role.Id);
        Assert.True(all.Values.SelectMany(role => new[] { role.Id.Value, role.Name }.Distinct()).GroupBy(key => key).All(keys => keys.Count() == 1), when);
        Assert.Equal(all.Values.Select(role => role.Name).Order(StringComparer.Ordinal), Model.Catalog.All.Select(role => role.Name));
        foreach (var role in all.Values)
        {
            Assert.True(role.Parents.All(edge => all.ContainsKey(edge.Parent)), $"{when}: dangling");
            Assert.True(role.Parents.All(edge => edge.Type == InheritanceType.None || all[edge.Parent].Level <= role.Level), $"{when}: level");
            Assert.True(Chain(role, 0) <= 10, $"{when}: chain");
            Assert.Equal(role.Permissions.Order().Distinct(), role.Permissions);
        }
        // What is kept from edit to edit is what a fresh look finds.
        var fresh = (Model with { Packs = [] }).Catalog;
        foreach (var role in Model.Catalog.ByName)
        {
            var below = all.Values.Where(child => !child.IsDeleting && child.Parents.Any(edge => edge.Parent == role.Id)).Select(child => child.Id).ToHashSet();
            Assert.Equal(below, Model.Catalog.HierarchyOf(role.Id).Descendants.Where(child => child.Depth == 1).Select(child => child.Id).ToHashSet());
            Assert.Same(role.IsSystem ? null : role, fresh.Resolve(role.Name));
        }

        int Chain(RoleDefinition role, int below) =>
            below > 10 ? below : 1 + role.Parents.Select(edge => Chain(all[edge.Parent], below + 1)).DefaultIfEmpty(0).Max();
    }

    private void AssertExportedAndImportedIsTheSame()
    {
        foreach (var role in Model.Roles.Values.Where(role => role.IsDeleting).ToList())
        {
            Model = RoleEditor.FinishDelete(Model, role.Id, Now).Value!.Model;
        }
        var roles = Model.Roles.Values.ToList();
        var drafts = roles.Select(role => new RoleDraft
        {
            Id = role.Id.Value, Name = role.Name, DisplayName = role.DisplayName, Level = role.Level, IsActive = role.IsActive,
            Permissions = [.. role.Permissions.Select(permission => permission.ToString())],
            Parents = [.. role.Parents.Select(edge => new ParentDraft(edge.Parent.Value, edge.Type)
            {
                Permissions = [.. edge.Patterns.Select(pattern => pattern.ToString())],
            })],
        }).ToList();
        var empty = TenantEditor.Create(TenantId.Default, new TenantPatch { Packs = Model.Packs }, Now).Value!.Model;
        var imported = ModelImporter.Import(empty, new ModelImport(drafts), () => throw new InvalidOperationException(), "user:x", Now);
        Assert.True(imported.IsOk, imported.Error?.Detail);
        foreach (var role in roles)
        {
            var copy = imported.Value.Change.Model.Roles[role.Id];
            Assert.Equal(role with { Version = 1, CreatedAt = Now, UpdatedAt = Now }, copy);
        }
        Assert.True(ModelImporter.Import(imported.Value.Change.Model, new ModelImport(drafts), () => "", "user:x", Now).Value!.Change.IsNoOp);
    }

    private static string Name(Random random) => $"role{random.Next(Roles)}";

    private static RoleDraft Draft(Random random, string name) => new()
    {
        Name = name,
        Level = random.Next(3) == 0 ? random.Next(40) : null,
        IsActive = random.Next(6) > 0,
        Permissions = [.. Enumerable.Range(0, random.Next(4)).Select(_ => $"r{random.Next(5)}:read")],
        Parents = [.. Enumerable.Range(0, random.Next(3)).Select(_ => Parent(random)).DistinctBy(parent => parent.Role)],
    };

    private static ParentDraft Parent(Random random)
    {
        var role = random.Next(8) == 0 ? "read_only" : Name(random);
        return random.Next(4) switch
        {
            0 => new ParentDraft(role, InheritanceType.None),
            1 => new ParentDraft(role, InheritanceType.Partial) { Permissions = [$"r{random.Next(5)}:*"] },
            _ => new ParentDraft(role),
        };
    }
}
