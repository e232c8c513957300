using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Policies;

namespace AuthzCluster.Domain.Roles;

/// <summary>A role as a caller writes it, to be made or to replace one; nothing of it is checked yet.</summary>
public sealed record RoleDraft
{
    /// <summary>The id wished for; null: one is made.</summary>
    public string? Id { get; init; }

    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>For people; null: the name.</summary>
    public string? DisplayName { get; init; }

    /// <summary>For people.</summary>
    public string? Description { get; init; }

    /// <summary>A free label.</summary>
    public string? Type { get; init; }

    /// <summary>Permissions; repeated ones count once.</summary>
    public IReadOnlyList<string> Permissions { get; init; } = [];

    /// <summary>Parents.</summary>
    public IReadOnlyList<ParentDraft> Parents { get; init; } = [];

    /// <summary>Policies for its holders only. One without an id gets one from whoever passes the draft on.</summary>
    public IReadOnlyList<PolicyDraft> Policies { get; init; } = [];

    /// <summary>Who may ask for it and who approves; null: nothing is said of that.</summary>
    public RequestPolicy? RequestPolicy { get; init; }

    /// <summary>0 to 100; null: the highest of the parents it inherits from, else 0.</summary>
    public int? Level { get; init; }

    /// <summary>Whether it gives anything.</summary>
    public bool IsActive { get; init; } = true;

    /// <summary>Who gets the role as it is made, all of them or it is not made; repeated ones count once. Of a new role only.</summary>
    public IReadOnlyList<SubjectId> AssignedTo { get; init; } = [];

    /// <summary>Free data.</summary>
    public AttributeBag Metadata { get; init; } = AttributeBag.Empty;
}
