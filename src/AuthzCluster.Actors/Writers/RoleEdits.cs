using AuthzCluster.Actors.Contracts;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Writers;

/// <summary>Which editor decides which edit.</summary>
internal static class RoleEdits
{
    public static Result<ModelChange> Decide(TenantModel model, RoleEdit edit, DateTimeOffset now) => edit switch
    {
        RoleEdit.Create create => RoleEditor.Create(model, create.Draft, create.Role, now),
        RoleEdit.Replace replace => RoleEditor.Replace(model, replace.Role, replace.Draft, replace.IfVersion, now),
        RoleEdit.AddPermission add => RoleEditor.AddPermission(model, add.Role, add.Permission, add.IfVersion, now),
        RoleEdit.RemovePermission remove => RoleEditor.RemovePermission(model, remove.Role, remove.Permission, remove.IfVersion, now),
        RoleEdit.PutParent put => RoleEditor.PutParent(model, put.Role, put.Parent, put.IfVersion, now),
        RoleEdit.RemoveParent remove => RoleEditor.RemoveParent(model, remove.Role, remove.Parent, remove.IfVersion, now),
        RoleEdit.AddPolicy add => PolicyEditor.Attach(model, add.Role, add.Draft, add.NewId, add.IfVersion, now),
        RoleEdit.RemovePolicy remove => PolicyEditor.Detach(model, remove.Role, remove.Policy, remove.IfVersion, now),
        RoleEdit.EndMaking end => RoleEditor.EndMaking(model, end.Role, end.IsActive, now),
        RoleEdit.Look => ModelChange.None(model),
        RoleEdit.BeginDelete begin => RoleEditor.BeginDelete(model, begin.Role, begin.IfVersion, now),
        RoleEdit.CancelDelete cancel => RoleEditor.CancelDelete(model, cancel.Role, now),
        RoleEdit.FinishDelete finish => RoleEditor.FinishDelete(model, finish.Role, now),
        _ => throw new ArgumentOutOfRangeException(nameof(edit), edit.GetType().Name, "unknown edit"),
    };
}
