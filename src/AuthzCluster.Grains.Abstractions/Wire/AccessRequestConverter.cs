using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Permissions;

namespace AuthzCluster.Grains.Abstractions.Wire;

/// <summary>To and from the wire.</summary>
[RegisterConverter]
internal sealed class AccessRequestConverter : IConverter<AccessRequest, AccessRequestSurrogate>
{
    public AccessRequest ConvertFromSurrogate(in AccessRequestSurrogate surrogate) => new()
    {
        Subject = new SubjectId(surrogate.SubjectType ?? SubjectId.UserType, surrogate.SubjectId),
        Permission = new Permission(surrogate.Resource, surrogate.Action, (PermissionScope)((byte)PermissionScope.Any - surrogate.Narrowness)),
        HasExplicitScope = surrogate.HasExplicitScope,
        ResourceType = surrogate.ResourceType,
        ResourceId = surrogate.ResourceId,
        SubjectProperties = surrogate.SubjectProperties ?? AttributeBag.Empty,
        ResourceProperties = surrogate.ResourceProperties ?? AttributeBag.Empty,
        ActionProperties = surrogate.ActionProperties ?? AttributeBag.Empty,
        Context = surrogate.Context ?? AttributeBag.Empty,
    };

    public AccessRequestSurrogate ConvertToSurrogate(in AccessRequest value) => new()
    {
        SubjectId = value.Subject.Id,
        SubjectType = value.Subject.Type == SubjectId.UserType ? null : value.Subject.Type,
        Resource = value.Permission.Resource,
        Action = value.Permission.Action,
        Narrowness = (byte)(PermissionScope.Any - value.Permission.Scope),
        HasExplicitScope = value.HasExplicitScope,
        ResourceType = value.ResourceType,
        ResourceId = value.ResourceId,
        SubjectProperties = value.SubjectProperties.Count == 0 ? null : value.SubjectProperties,
        ResourceProperties = value.ResourceProperties.Count == 0 ? null : value.ResourceProperties,
        ActionProperties = value.ActionProperties.Count == 0 ? null : value.ActionProperties,
        Context = value.Context.Count == 0 ? null : value.Context,
    };
}
