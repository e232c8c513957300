using System.Text.Json.Serialization.Metadata;

namespace AuthzCluster.Actors.Contracts.Json;

/// <summary>The edits of a role by their kind: <c>{"kind": "add_permission", ...}</c>.</summary>
internal static class RoleEditKinds
{
    private static readonly (Type Type, string Kind)[] Kinds =
    [
        (typeof(RoleEdit.Create), "create"), (typeof(RoleEdit.Replace), "replace"),
        (typeof(RoleEdit.AddPermission), "add_permission"), (typeof(RoleEdit.RemovePermission), "remove_permission"),
        (typeof(RoleEdit.PutParent), "put_parent"), (typeof(RoleEdit.RemoveParent), "remove_parent"),
        (typeof(RoleEdit.AddPolicy), "add_policy"), (typeof(RoleEdit.RemovePolicy), "remove_policy"),
        (typeof(RoleEdit.EndMaking), "end_making"), (typeof(RoleEdit.Look), "look"), (typeof(RoleEdit.BeginDelete), "begin_delete"),
        (typeof(RoleEdit.CancelDelete), "cancel_delete"), (typeof(RoleEdit.FinishDelete), "finish_delete"),
    ];

    public static void Add(JsonTypeInfo info)
    {
        if (info.Type != typeof(RoleEdit))
        {
            return;
        }
        info.PolymorphismOptions = new() { TypeDiscriminatorPropertyName = "kind" };
        foreach (var (type, kind) in Kinds)
        {
            info.PolymorphismOptions.DerivedTypes.Add(new(type, kind));
        }
    }
}
