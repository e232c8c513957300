using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Testing.Cases;

namespace AuthzCluster.Specification.Cases;

/// <summary>A runner over the domain's records: a decision function is all that it needs.</summary>
public abstract class InProcessRunner : ICaseRunner
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<CaseOutcome>> RunAsync(AuthzCase test, CancellationToken cancellation = default)
    {
        var world = CaseWorld.Of(test);
        return Task.FromResult<IReadOnlyList<CaseOutcome>>([.. test.Checks.Select(check => Answer(world, check))]);
    }

    /// <summary>Answers one well-formed question.</summary>
    protected abstract CaseOutcome Decide(CaseWorld world, SubjectAssignments subject, AccessRequest request, DateTimeOffset now);

    private CaseOutcome Answer(CaseWorld world, CaseCheck check) =>
        CaseWorld.TryRequest(check, out var request)
            ? Decide(world, world.SubjectOf(check.Subject), request, check.At)
            : CaseOutcome.Invalid;
}
