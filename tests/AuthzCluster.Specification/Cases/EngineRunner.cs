using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Specification.Cases;

/// <summary>The engine, by itself.</summary>
public sealed class EngineRunner : InProcessRunner
{
    /// <inheritdoc/>
    protected override CaseOutcome Decide(TenantModel model, SubjectAssignments subject, AccessRequest request, DateTimeOffset now) =>
        CaseOutcome.Of(DecisionEngine.Decide(CompiledTenant.Compile(model), SubjectGrants.Compile(request.Subject, subject), request, now));
}
