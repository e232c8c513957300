using AuthzCluster.Specification.Cases;
using AuthzCluster.Testing.Cases;

namespace AuthzCluster.Specification.Oracles;

/// <summary>Answers cases by the oracle, attempts by its guard.</summary>
public sealed class OracleRunner : ICaseRunner
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<CaseOutcome>> RunAsync(AuthzCase test, CancellationToken cancellation = default)
    {
        var tenant = OracleTenant.Of(test);
        var guard = new OracleGuard(tenant, test.Now);
        var attempts = test.Attempts.Select(attempt => new CaseOutcome(guard.Try(attempt.By, attempt.Act))).ToList();
        var model = tenant.Model();
        return Task.FromResult<IReadOnlyList<CaseOutcome>>([.. attempts, .. test.Checks.Select(check => Answer(check))]);

        CaseOutcome Answer(CaseCheck check)
        {
            if (!CaseWorld.TryRequest(check, out var request))
            {
                return CaseOutcome.Invalid;
            }
            var answer = Oracle.Decide(model, tenant.SubjectOf(request.Subject), tenant.Entities, request, check.At);
            return new CaseOutcome(answer.Reason)
            {
                MatchedRole = answer.MatchedRole,
                MatchedPermission = answer.MatchedPermission,
                MatchedAssignment = answer.MatchedAssignment,
                MatchedPolicy = answer.MatchedPolicy,
                ValidUntil = answer.ValidUntil,
            };
        }
    }
}
