using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Policies.Outside;

namespace AuthzCluster.Domain.Decisions;

/// <summary>May this subject do this? Immutable; parsed once at the edge.</summary>
public sealed record AccessRequest
{
    /// <summary>Who asks, or is asked about.</summary>
    public required SubjectId Subject { get; init; }

    /// <summary>What is asked for.</summary>
    public required Permission Permission { get; init; }

    /// <summary>Whether a scope was written in the permission: then the covering rule alone decides.</summary>
    public bool HasExplicitScope { get; init; }

    /// <summary>The type of the resource; null: the permission's resource.</summary>
    public string? ResourceType { get; init; }

    /// <summary>The id of the resource.</summary>
    public string? ResourceId { get; init; }

    /// <summary>Properties of the subject.</summary>
    public AttributeBag SubjectProperties { get; init; } = AttributeBag.Empty;

    /// <summary>Properties of the resource, such as <c>owner_id</c>.</summary>
    public AttributeBag ResourceProperties { get; init; } = AttributeBag.Empty;

    /// <summary>Properties of the action.</summary>
    public AttributeBag ActionProperties { get; init; } = AttributeBag.Empty;

    /// <summary>The circumstances, such as <c>ip_address</c>.</summary>
    public AttributeBag Context { get; init; } = AttributeBag.Empty;

    /// <summary>What outside engines answered about it; null: nobody is there to ask them, and what hangs on one is an error.</summary>
    internal OutsideAnswers? Outside { get; init; }
}
