using System.Collections.Immutable;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Domain.Governance;

/// <summary>Separation of duty where something is given: judged by what is in force, and by what is being looked at. Pure.</summary>
public static class SeparationRules
{
    /// <summary>Judges giving a role, or more of it. Null: no constraint is broken; else <see cref="ErrorCode.RoleConflict"/>.</summary>
    /// <param name="model">The tenant.</param>
    /// <param name="subject">To whom.</param>
    /// <param name="after">What they would hold.</param>
    /// <param name="role">What is given.</param>
    /// <param name="now">When.</param>
    public static AuthzError? CheckAssign(TenantModel model, SubjectId subject, SubjectAssignments after, RoleId role, DateTimeOffset now) =>
        Check(model, subject, after, table => table.OfRole(role), now);

    /// <summary>Judges letting somebody into a team. Null: no constraint is broken; else <see cref="ErrorCode.RoleConflict"/>.</summary>
    /// <param name="model">The tenant.</param>
    /// <param name="subject">Whom.</param>
    /// <param name="after">What they would hold.</param>
    /// <param name="team">The team.</param>
    /// <param name="now">When.</param>
    public static AuthzError? CheckJoin(TenantModel model, SubjectId subject, SubjectAssignments after, string team, DateTimeOffset now) =>
        Check(model, subject, after, table => table.OfTeam(team, now), now);

    /// <summary>The refusal of what would put existing holders in conflict.</summary>
    /// <param name="holders">Some of them; at least one.</param>
    /// <param name="count">How many there are.</param>
    public static AuthzError Refusal(IReadOnlyList<ConflictHolder> holders, int count) => new(
        ErrorCode.RoleConflict,
        count == 1 ? $"{Tell(holders[0])}" : $"{count} holders would be in conflict with a constraint; {Tell(holders[0])}")
    {
        Holders = holders,
        HolderCount = count,
    };

    /// <summary>Who is in conflict, by names.</summary>
    public static ConflictHolder Holder(TenantModel model, SubjectId subject, SeparationConflict conflict) => new(
        subject, conflict.Constraint.Id, [.. conflict.Roles.Select(role => model.Catalog.Find(role)?.Name ?? role.Value)])
    {
        Max = conflict.Constraint.Max,
    };

    private static AuthzError? Check(
        TenantModel model, SubjectId subject, SubjectAssignments after, Func<SeparationTable, ImmutableArray<RoleId>> toward, DateTimeOffset now) =>
        (Find(model.Separation, after, toward, now) ?? (model.Checking is { } check ? Find(check.Table, after, toward, now) : null)) is { } conflict
            ? Refusal([Holder(model, subject, conflict)], 1) : null;

    private static SeparationConflict? Find(
        SeparationTable table, SubjectAssignments after, Func<SeparationTable, ImmutableArray<RoleId>> toward, DateTimeOffset now) =>
        table.Constraints.IsEmpty ? null : table.Find(after, now, toward(table));

    private static string Tell(ConflictHolder holder) =>
        $"`{holder.Principal}` would hold {string.Join(" and ", holder.Roles.Select(TextRules.Quote))}; the constraint {TextRules.Quote(holder.Constraint)} allows {holder.Max} of its roles";
}
