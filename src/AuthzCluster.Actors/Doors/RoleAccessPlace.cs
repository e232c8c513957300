using AuthzCluster.Actors.Storage;
using AuthzCluster.Actors.Views;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Doors;

/// <summary>A place in the list of who has what by a role: the entry after which it goes on. In order of the roles, the holders' keys, assignments, members, permissions.</summary>
/// <param name="Role">The id of the role that was given.</param>
/// <param name="Holder">The key of who was given the role: a subject, or a team.</param>
/// <param name="Assignment">The assignment's id.</param>
/// <param name="Subject">The key of the subject: the holder, or one of the team.</param>
/// <param name="Permission">The permission's text.</param>
internal sealed record RoleAccessPlace(string Role, string Holder, string Assignment, string Subject, string Permission)
{
    // None of the parts has one.
    private const char Between = '\n';

    public static RoleAccessPlace Of(TenantId tenant, RoleId role, SubjectId holder, RoleAccessEntry entry) =>
        new(role.Value, ActorKey.Of(tenant, holder).Value, entry.Assignment, ActorKey.Of(tenant, entry.Subject).Value, entry.Permission.ToString());

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static RoleAccessPlace Parse(string text) =>
        text.Split(Between) is [var role, var holder, var assignment, var subject, var permission] ? new(role, holder, assignment, subject, permission) : throw new FormatException("no place of this list");

    /// <summary>Whether an assignment was told wholly before this place.</summary>
    public bool IsBehind(TenantId tenant, AssignmentView view) => view.Assignment.Id != Assignment && string.CompareOrdinal(view.Assignment.Id, Assignment) < 0 && IsOf(tenant, view);

    /// <summary>Whether this place is within an assignment.</summary>
    public bool IsIn(TenantId tenant, AssignmentView view) => view.Assignment.Id == Assignment && IsOf(tenant, view);

    public override string ToString() => string.Join(Between, Role, Holder, Assignment, Subject, Permission);

    private bool IsOf(TenantId tenant, AssignmentView view) => ActorKey.Of(tenant, view.Principal).Value == Holder;
}
