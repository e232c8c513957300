using AuthzCluster.Actors.Doors;
using AuthzCluster.Actors.Views;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Client.Orleans.Mapping;

/// <summary>Assignments.</summary>
internal static class Grants
{
    public static AssignmentDraft Read(RoleGrant grant) => new(Principals.Read(grant.Principal))
    {
        StartsAt = Instants.Cut(grant.StartsAt),
        ExpiresAt = Instants.Cut(grant.ExpiresAt),
        Scope = Attributes.Read(grant.Scope, "scope"),
        Conditions = Conditions.Read(grant.Conditions, "conditions"),
        Reason = grant.Reason,
        Metadata = Attributes.Read(grant.Metadata, "metadata"),
    };

    public static RoleAssignment Write(AssignmentView view) => new()
    {
        AssignmentId = view.Assignment.Id,
        Principal = Principals.Write(view.Principal),
        RoleId = view.Assignment.Role.Value,
        RoleName = view.RoleName,
        Scope = Attributes.Write(view.Assignment.Scope),
        StartsAt = view.Assignment.StartsAt,
        ExpiresAt = view.Assignment.ExpiresAt,
        Conditions = Conditions.Write(view.Assignment.Conditions),
        Status = EnumText.Of(view.Status),
        IsActive = view.Status == AssignmentStatus.Active,
        GrantedBy = view.Assignment.GrantedBy,
        GrantedAt = view.Assignment.GrantedAt,
        Reason = view.Assignment.Reason,
        Metadata = Attributes.Write(view.Assignment.Metadata),
    };
}
