using AuthzCluster.Domain.Permissions;

namespace AuthzCluster.Api.Replies;

/// <summary>A registered permission as callers read it.</summary>
internal sealed record RegisteredPermissionReply(string Permission, string? Description, bool IsBuiltIn)
{
    public static RegisteredPermissionReply Of(RegisteredPermission entry) => new(entry.Permission.ToString(), entry.Description, entry.IsBuiltIn);
}
