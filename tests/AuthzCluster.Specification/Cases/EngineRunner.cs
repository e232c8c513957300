using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Entities;
using AuthzCluster.Testing.Cases;

namespace AuthzCluster.Specification.Cases;

/// <summary>The engine, by itself.</summary>
public sealed class EngineRunner : InProcessRunner
{
    /// <inheritdoc/>
    protected override CaseOutcome Decide(CaseWorld world, SubjectAssignments subject, AccessRequest request, DateTimeOffset now)
    {
        var tenant = CompiledTenant.Compile(world.Model);
        var (grants, joined) = (SubjectGrants.Compile(request.Subject, subject), Join(tenant, world.Entities, request));
        return CaseOutcome.Of(DecisionEngine.Decide(tenant, grants, joined, now)) with { WhyNot = CaseOutcome.Tell(DecisionEngine.Explain(tenant, grants, joined, now).WhyNot) };
    }

    /// <summary>The question as hosts put it to the engine, with what is stored.</summary>
    public static AccessRequest Join(CompiledTenant tenant, IReadOnlyDictionary<EntityId, AttributeBag> entities, AccessRequest request)
    {
        return StoredProperties.Join(request, Find(tenant.SubjectOf(request)), Find(tenant.ResourceOf(request)));

        StoredEntity? Find(EntityId? entity) =>
            entity is { } id && entities.TryGetValue(id, out var properties) ? new StoredEntity { Revision = 1, IsStored = true, Properties = properties } : null;
    }
}
