using System.Text.Json;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Domain.Tests.Tenancy;

/// <summary>The predefined roles of a large cloud, if <c>AUTHZ_SHARED</c> says where they are.</summary>
public sealed class RealModelTests
{
    [SharedDataFact]
    public void Import_PredefinedRoles_AllComeInOnce()
    {
        var import = new ModelImport(Read());
        var now = new DateTimeOffset(2026, 8, 22, 0, 0, 0, TimeSpan.Zero);
        var empty = TenantEditor.Create(TenantId.Default, new TenantPatch(), now).Value!.Model;
        var ids = 0;
        var first = ModelImporter.Import(empty, import, () => $"id{ids++}", "user:x", now);
        Assert.True(first.IsOk, first.Error?.Detail);
        Assert.Equal((2_461, 0, 0), (first.Value.Created, first.Value.Updated, first.Value.Unchanged));
        var permissions = first.Value.Change.Model.Roles.Values.SelectMany(role => role.Permissions).ToList();
        Assert.Equal(165_179, permissions.Count);
        Assert.Equal(13_790, permissions.Distinct().Count());
        Assert.Equal(13_790, permissions.Distinct(ReferenceEqualityComparer.Instance).Count());
        var second = ModelImporter.Import(first.Value.Change.Model, import, () => $"id{ids++}", "user:x", now).Value!;
        Assert.Equal((0, 0, 2_461, true), (second.Created, second.Updated, second.Unchanged, second.Change.IsNoOp));
    }

    private static List<RoleDraft> Read()
    {
        using var document = JsonDocument.Parse(SharedData.ReadGzip(SharedData.GcloudRoles));
        return [.. document.RootElement.EnumerateArray().Select(role => new RoleDraft
        {
            Name = role.GetProperty("name").GetString()!,
            DisplayName = role.GetProperty("title").GetString(),
            Description = role.TryGetProperty("description", out var description) ? description.GetString() : null,
            Permissions = role.TryGetProperty("includedPermissions", out var list) ? [.. list.EnumerateArray().Select(item => item.GetString()!)] : [],
        })];
    }
}
