using AuthzCluster.Domain.Administration;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Domain.Requests;

/// <summary>Who may ask for roles, and who may decide that. Null: the caller may; else a <see cref="ErrorCode.Forbidden"/> that says why not. Pure.</summary>
public static class RequestGuard
{
    /// <summary>Judges asking for a role.</summary>
    /// <param name="rights">The caller's.</param>
    /// <param name="right">The right that it takes.</param>
    /// <param name="isForSelf">Whether the caller asks for itself.</param>
    /// <param name="ofPrincipal">What the one holds for whom it is asked; null: a team.</param>
    /// <param name="draft">What is asked.</param>
    /// <param name="policy">What the role says of requests.</param>
    public static AuthzError? CheckAsking(
        CallerRights rights, Permission right, bool isForSelf, CallerRights? ofPrincipal, RoleRequestDraft draft, RequestPolicy? policy)
    {
        var (grant, requesters) = (draft.Grant, policy?.Requesters ?? []);
        var isNamed = !requesters.IsEmpty
            && (ofPrincipal?.IsAmong(requesters, grant.Scope) ?? requesters.Contains(grant.Principal.ToString(), StringComparer.Ordinal));
        return isForSelf && isNamed && rights.Allows(right) ? null
            : Guard.CheckScope(rights, right, grant.Scope)
            ?? (requesters.IsEmpty || isNamed ? null : Refusal($"`{grant.Principal}` is not among those for whom this role may be asked"));
    }

    /// <summary>Judges deciding a request: the right in its scope, and being among the role's approvers. The role may be gone: null.</summary>
    public static AuthzError? CheckDeciding(CallerRights rights, RoleRequest request, RoleDefinition? role) =>
        Guard.CheckScope(rights, Rights.RequestsApprove, request.Wish.Scope)
        ?? (role?.RequestPolicy is { Approvers.IsEmpty: false } policy && !rights.IsAmong(policy.Approvers, request.Wish.Scope)
            ? Refusal($"you are not among those who decide requests for the role `{role.Name}`") : null);

    /// <summary>Judges approving: as an assignment of one's own, and neither what one made oneself nor what one gets.</summary>
    /// <param name="rights">The caller's.</param>
    /// <param name="model">The tenant.</param>
    /// <param name="request">The request.</param>
    /// <param name="parties">Who is behind all this.</param>
    public static AuthzError? CheckApproving(CallerRights rights, TenantModel model, RoleRequest request, RequestParties parties) =>
        parties.Caller.Overlaps(parties.Asking) ? Refusal("nobody approves what they asked for")
        : parties.Caller.Overlaps(parties.Getting) || (request.Principal.IsTeam && rights.IsIn(request.Principal.Id)) ? Refusal("nobody approves what they get")
        : Guard.CheckAssignment(rights, model, request.Role, request.Wish.Scope);

    /// <summary>Judges whether, by what the role says now, the request could still be made: for whom, and of what.</summary>
    /// <param name="request">The request.</param>
    /// <param name="role">Its role.</param>
    /// <param name="ofPrincipal">What the one holds for whom it was asked; null: a team.</param>
    /// <param name="now">The time.</param>
    public static AuthzError? CheckStill(RoleRequest request, RoleDefinition role, CallerRights? ofPrincipal, DateTimeOffset now)
    {
        var requesters = role.RequestPolicy?.Requesters ?? [];
        var isNamed = requesters.IsEmpty
            || (ofPrincipal?.IsAmong(requesters, request.Wish.Scope) ?? requesters.Contains(request.Principal.ToString(), StringComparer.Ordinal));
        var wrong = RequestRules.CheckPolicy(request.Duration, request.Wish.StartsAt, request.Wish.ExpiresAt, request.Wish.Reason, request.Ticket, role.RequestPolicy, now);
        return !isNamed ? Over($"`{request.Principal}` is not among those for whom this role may be asked any more")
            : wrong is [var first, ..] ? Over($"by what the role says of requests now, `{first.Field}` {first.Message}") : null;

        static AuthzError Over(string detail) => new(ErrorCode.InvalidState, $"{detail}: it has to be asked for anew");
    }

    /// <summary>Judges taking a request back: who asked, for whom it is, and who could ask for others.</summary>
    public static AuthzError? CheckCancelling(CallerRights rights, RoleRequest request, SubjectId caller) =>
        (caller == request.Principal || caller.ToString() == request.RequestedBy) && rights.Allows(Rights.RequestsCreate)
            ? null : Guard.CheckScope(rights, Rights.RequestsCreate, request.Wish.Scope);

    private static AuthzError Refusal(string detail) => new(ErrorCode.Forbidden, detail);
}
