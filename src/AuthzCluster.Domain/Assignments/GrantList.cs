using System.Collections.Immutable;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Domain.Assignments;

/// <summary>Edits of the live assignments of one principal, whether a subject or a team.</summary>
internal static class GrantList
{
    /// <summary>A list after a grant or a change of one; no audit: it was so already.</summary>
    public sealed record Granted(ImmutableArray<Assignment> Live, Assignment Assignment, AuditEntry? Audit, bool IsNew);

    /// <summary>
    /// Adds an assignment, or updates the live one of the same role and scope. One whose time is over is left for the
    /// sweep: it has its own end to tell of. One that is suspended stays so: that is another switch. One that is over
    /// from the start, and is in the history as such, is there already.
    /// </summary>
    public static Result<Granted> Put(
        ImmutableArray<Assignment> live, IEnumerable<Assignment> history, SubjectId principal, RoleId role, AssignmentDraft draft,
        string newId, string grantedBy, DateTimeOffset now)
    {
        var index = IndexOf(live, role, draft.Scope, now);
        if (index < 0 && live.Count(grant => grant.IsLiveAt(now)) >= AssignmentRules.MostLive)
        {
            return new AuthzError(ErrorCode.InvalidState, $"`{principal}` has {AssignmentRules.MostLive} assignments; more are not possible");
        }
        var old = index < 0 ? null : live[index];
        if (draft.Approval is { } approval)
        {
            // Done once, however often it comes, and never over what was given otherwise.
            if (live.Concat(history).FirstOrDefault(held => held.Approval?.Request == approval.Request) is { } done)
            {
                return new Granted(live, done, null, IsNew: false);
            }
            if (old is not null)
            {
                return AlreadyHeld(principal, role);
            }
        }
        var next = new Assignment
        {
            Id = old?.Id ?? newId,
            Role = role,
            Scope = draft.Scope,
            Conditions = [.. draft.Conditions],
            StartsAt = Instants.Cut(draft.StartsAt),
            ExpiresAt = Instants.Cut(draft.ExpiresAt),
            IsSuspended = old?.IsSuspended ?? false,
            GrantedBy = grantedBy,
            GrantedAt = Instants.Cut(now),
            Reason = draft.Reason,
            Approval = draft.Approval,
            Metadata = draft.Metadata,
            RemindedOf = old?.RemindedOf,
        };
        if (old is null)
        {
            if (!next.IsLiveAt(now) && history.FirstOrDefault(past => SaysTheSame(past, next)) is { } before)
            {
                return new Granted(live, before, null, IsNew: false);
            }
            return new Granted(live.Add(next), next, Tell(AuditActions.RoleAssigned, principal, null, next, next.Reason), IsNew: true);
        }
        return SaysTheSame(old, next)
            ? new Granted(live, old, null, IsNew: false)
            : new Granted(live.SetItem(index, next), next, Tell(AuditActions.RoleAssignmentUpdated, principal, old, next, next.Reason), IsNew: false);
    }

    /// <summary>Changes one of the live assignments. One that is over, swept or not, is <see cref="ErrorCode.InvalidState"/>.</summary>
    public static Result<Granted> Patch(
        ImmutableArray<Assignment> live, IEnumerable<Assignment> history, SubjectId principal, string id, AssignmentPatch patch,
        CustomConditions custom, DateTimeOffset now)
    {
        if (live.FirstOrDefault(grant => grant.Id == id) is not { } old)
        {
            return history.Any(past => past.Id == id) ? HasEnded(id) : NoAssignment(id);
        }
        if (!old.IsLiveAt(now))
        {
            return HasEnded(id);
        }
        var next = patch.Apply(old);
        var errors = new List<FieldError>();
        AssignmentRules.Check(next, errors, custom);
        return errors.Count > 0 ? AuthzError.Invalid(errors)
            : old.Equals(next) ? new Granted(live, old, null, IsNew: false)
            : new Granted(live.Replace(old, next), next, Tell(AuditActions.RoleAssignmentUpdated, principal, old, next, patch.Reason), IsNew: false);
    }

    /// <summary>The refusal of asking for what is held already.</summary>
    public static AuthzError AlreadyHeld(SubjectId principal, RoleId role) =>
        new(ErrorCode.InvalidState, $"`{principal}` has the role `{role}` in this scope already");

    /// <summary>The refusal that an assignment is unknown.</summary>
    public static AuthzError NoAssignment(string id) => new(ErrorCode.AssignmentNotFound, $"there is no assignment {TextRules.Quote(id)}");

    /// <summary>Ends the live assignments of a role: the one with this scope, or all where it is null.</summary>
    public static (ImmutableArray<Assignment> Live, ImmutableArray<Assignment> Ended) Revoke(
        ImmutableArray<Assignment> live, SubjectId principal, RoleId role, AttributeBag? scope, DateTimeOffset now, ImmutableArray<AuditEntry>.Builder audit)
    {
        var (kept, ended) = Split(live, grant => grant.Role == role && grant.IsLiveAt(now) && (scope is null || grant.Scope.Equals(scope)));
        var revoked = ended.Select(grant => grant with { RevokedAt = Instants.Cut(now) }).ToImmutableArray();
        audit.AddRange(ended.Zip(revoked, (old, next) => Tell(AuditActions.RoleRevoked, principal, old, next)));
        return (kept, revoked);
    }

    /// <summary>Takes out those whose time is over, the first to end first.</summary>
    public static (ImmutableArray<Assignment> Live, ImmutableArray<Assignment> Ended) Expire(
        ImmutableArray<Assignment> live, SubjectId principal, DateTimeOffset now, ImmutableArray<AuditEntry>.Builder audit)
    {
        var (kept, ended) = Split(live, grant => !grant.IsLiveAt(now));
        ended = ended.Sort((a, b) => Nullable.Compare(a.ExpiresAt, b.ExpiresAt));
        audit.AddRange(ended.Select(grant => Tell(AuditActions.RoleExpired, principal, grant, null)));
        return (kept, ended);
    }

    /// <summary>Tells of those whose end is near and was not told of, and takes note of that.</summary>
    public static ImmutableArray<Assignment> Remind(
        ImmutableArray<Assignment> live, SubjectId principal, Upkeep upkeep, DateTimeOffset now, ImmutableArray<AuditEntry>.Builder audit)
    {
        for (var i = 0; upkeep.RemindBefore is not null && i < live.Length; i++)
        {
            var grant = live[i];
            if (grant.IsLiveAt(now) && grant.RemindedOf != grant.ExpiresAt && upkeep.DueOf(grant) <= now)
            {
                audit.Add(Tell(AuditActions.RoleExpiring, principal, grant, grant));
                live = live.SetItem(i, grant with { RemindedOf = grant.ExpiresAt });
            }
        }
        return live;
    }

    /// <summary>A history without what has been in it for long enough.</summary>
    public static ImmutableArray<Assignment> Forget(ImmutableArray<Assignment> history, Upkeep upkeep, DateTimeOffset now) =>
        upkeep.Retention is null ? history : history.RemoveAll(ended => upkeep.GoneAt(ended) <= now);

    /// <summary>A history with more that has ended, the first to end first.</summary>
    public static ImmutableArray<Assignment> Keep(ImmutableArray<Assignment> history, ImmutableArray<Assignment> ended) =>
        [.. ended.Reverse().Concat(history).Take(SubjectAssignments.HistoryLimit)];

    private static AuthzError HasEnded(string id) =>
        new(ErrorCode.InvalidState, $"the assignment {TextRules.Quote(id)} cannot be changed: it has ended; assign again");

    private static bool SaysTheSame(Assignment old, Assignment next) =>
        old.Equals(next with { RemindedOf = old.RemindedOf, Id = old.Id, GrantedBy = old.GrantedBy, GrantedAt = old.GrantedAt });

    private static int IndexOf(ImmutableArray<Assignment> live, RoleId role, AttributeBag scope, DateTimeOffset now)
    {
        for (var i = 0; i < live.Length; i++)
        {
            if (live[i].Role == role && live[i].IsLiveAt(now) && live[i].Scope.Equals(scope))
            {
                return i;
            }
        }
        return -1;
    }

    private static (ImmutableArray<Assignment> Kept, ImmutableArray<Assignment> Taken) Split(ImmutableArray<Assignment> live, Predicate<Assignment> isTaken) =>
        ([.. live.Where(grant => !isTaken(grant))], [.. live.Where(grant => isTaken(grant))]);

    private static AuditEntry Tell(string action, SubjectId principal, Assignment? before, Assignment? after, string? reason = null) =>
        new(action, "assignment", (after ?? before)!.Id, AssignmentSnapshot.Of(principal, before), AssignmentSnapshot.Of(principal, after))
        {
            Reason = reason,
        };
}
