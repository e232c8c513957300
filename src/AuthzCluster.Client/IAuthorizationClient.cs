namespace AuthzCluster.Client;

/// <summary>
/// Asks what a subject may do. Every call either gives the server's answer or throws an <see cref="AuthzException"/>; no
/// error is ever an answer, least of all a yes. Safe for any number of callers at once; make one and keep it.
/// </summary>
public interface IAuthorizationClient
{
    /// <summary>The same, in another tenant than that of the options.</summary>
    IAuthorizationClient ForTenant(string tenant);

    /// <summary>Decides one question.</summary>
    /// <exception cref="AuthzException">There is no answer: <see cref="ValidationFailedException"/>,
    /// <see cref="ForbiddenException"/> (to ask about others needs <c>authz.evaluate:execute</c>), <see cref="UnavailableException"/>.</exception>
    Task<AccessDecision> EvaluateAsync(AccessQuestion question, CancellationToken cancellationToken = default);

    /// <summary>
    /// Decides up to 1000 questions at one instant; answers are in the order of the questions. One that could not be
    /// answered is a no with the reason <see cref="DecisionReason.Unavailable"/>.
    /// </summary>
    /// <exception cref="AuthzException">There are no answers; one malformed question is enough.</exception>
    Task<IReadOnlyList<AccessDecision>> EvaluateBatchAsync(IReadOnlyList<AccessQuestion> questions, CancellationToken cancellationToken = default);

    /// <summary>Decides a question and tells how, in <see cref="AccessDecision.Trace"/>. Needs <c>authz.roles:read</c> besides.</summary>
    /// <exception cref="AuthzException">There is no answer.</exception>
    Task<AccessDecision> ExplainAsync(AccessQuestion question, CancellationToken cancellationToken = default);

    /// <summary>
    /// Whether a principal holds a role now, by an assignment of its own or of a team of its. Needs
    /// <c>authz.assignments:read</c>. For what somebody may do ask <see cref="EvaluateAsync"/>: it knows scopes and conditions.
    /// </summary>
    /// <param name="principal">Who.</param>
    /// <param name="role">The role's id or name.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    /// <exception cref="RoleNotFoundException">There is no such role.</exception>
    /// <exception cref="AuthzException">There is no answer.</exception>
    Task<bool> HasRoleAsync(Principal principal, string role, CancellationToken cancellationToken = default);

    /// <summary>
    /// Whether a principal holds a built-in administrator's role of the tenant's packs now: <c>super_admin</c>,
    /// <c>tenant_admin</c>, <c>admin</c>, <c>Admin</c> or <c>super-admin</c>. Those that the tenant does not have count as
    /// not held. Rights as for <see cref="HasRoleAsync"/>.
    /// </summary>
    /// <exception cref="AuthzException">There is no answer.</exception>
    Task<bool> IsAdminAsync(Principal principal, CancellationToken cancellationToken = default);
}
