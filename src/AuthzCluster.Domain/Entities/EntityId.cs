using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Decisions;

namespace AuthzCluster.Domain.Entities;

/// <summary>
/// Names a stored entity within its tenant: what questions call a subject or a resource. <c>user:alice</c> is the same
/// entity in both places. Ordinal and case-sensitive.
/// </summary>
/// <param name="Type">The kind, such as <c>user</c> or <c>invoices</c>: 1 to 256 characters without a colon.</param>
/// <param name="Id">The id within the type: 1 to 256 characters.</param>
public readonly record struct EntityId(string Type, string Id)
{
    /// <summary>The entity that a subject is.</summary>
    public static EntityId Of(SubjectId subject) => new(subject.Type, subject.Id);

    /// <summary>The entity that the resource of a question is; null: the question names no id.</summary>
    public static EntityId? OfResource(AccessRequest request) =>
        request.ResourceId is { } id ? new EntityId(request.ResourceType ?? request.Permission.Resource, id) : null;

    /// <summary><c>TYPE:ID</c>.</summary>
    public override string ToString() => $"{Type}:{Id}";
}
