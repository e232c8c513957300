using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Entities;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Specification.Generation;

/// <summary>A tenant, some of its subjects, and questions about them; the same for the same seed, always.</summary>
/// <param name="Seed">What it was made of.</param>
/// <param name="Model">The tenant's model; it keeps every rule of the contract.</param>
/// <param name="Subjects">Who holds something, or once did.</param>
/// <param name="Requests">What is asked; now and then about a subject that is not among <paramref name="Subjects"/>.</param>
public sealed record GeneratedWorld(
    int Seed,
    TenantModel Model,
    IReadOnlyList<(SubjectId Subject, SubjectAssignments State)> Subjects,
    IReadOnlyList<GeneratedRequest> Requests)
{
    /// <summary>The stored entities.</summary>
    public IReadOnlyDictionary<EntityId, AttributeBag> Entities { get; init; } = new Dictionary<EntityId, AttributeBag>();

    /// <summary>What is stored of a subject; <see cref="SubjectAssignments.None"/> where nothing is.</summary>
    public SubjectAssignments SubjectOf(SubjectId subject) =>
        Subjects.FirstOrDefault(one => one.Subject == subject).State ?? SubjectAssignments.None;
}
