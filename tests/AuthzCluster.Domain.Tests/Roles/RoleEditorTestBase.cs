using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Domain.Tests.Roles;

/// <summary>A tenant to edit: each edit that succeeds goes on from the last.</summary>
public abstract class RoleEditorTestBase
{
    protected static readonly DateTimeOffset Now = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);
    private int _ids;

    protected TenantModel Model { get; set; } = TenantEditor.Create(TenantId.Default, new TenantPatch(), Now).Value!.Model;

    protected RoleDefinition Role(string name) => Model.Catalog.Resolve(name)!;

    protected RoleId IdOf(string name) => Role(name).Id;

    protected ModelChange Create(RoleDraft draft) => Take(TryCreate(draft));

    protected Result<ModelChange> TryCreate(RoleDraft draft) => RoleEditor.Create(Model, draft, new RoleId($"id-{_ids++}"), Now);

    protected ModelChange Create(string name, params ParentDraft[] parents) => Create(new RoleDraft { Name = name, Parents = parents });

    protected Result<ModelChange> TryReplace(string role, RoleDraft draft, long? ifVersion = null) =>
        RoleEditor.Replace(Model, IdOf(role), draft, ifVersion, Now);

    protected Result<ModelChange> TryPutParent(string role, ParentDraft parent) => RoleEditor.PutParent(Model, IdOf(role), parent, null, Now);

    protected ModelChange Take(Result<ModelChange> change)
    {
        Assert.True(change.IsOk, change.Error?.Detail);
        Model = change.Value.Model;
        return change.Value;
    }

    protected static void Refused<T>(ErrorCode code, Result<T> result) => Assert.Equal(code, result.Error?.Code);

    protected static void Invalid<T>(Result<T> result, params string[] fields)
    {
        Refused(ErrorCode.ValidationFailed, result);
        Assert.Equal(fields.Order(StringComparer.Ordinal), result.Error!.Fields.Select(field => field.Field).Order(StringComparer.Ordinal));
    }
}
