using AuthzCluster.Actors.Views;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Ports;

/// <summary>
/// Who and what a search has to look at, page by page; <c>after</c> comes from a page. Each is to be decided still: a candidate says nothing of what it may. Errors of
/// all: <see cref="ErrorCode.TenantNotFound"/>, <see cref="ErrorCode.Unavailable"/>; <see cref="ErrorCode.ValidationFailed"/> where too much would have to be looked at.
/// </summary>
public interface ICandidates
{
    /// <summary>
    /// The ids of a type's subjects of whom some may be allowed: holders of the roles that give the permission, by themselves or by a team; where a policy or an outside engine may
    /// allow others too, all who hold or held something, and then the stored entities of the type.
    /// </summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="type">The subjects' type.</param>
    /// <param name="permission">What is asked for; its scope does not matter.</param>
    /// <param name="includeEnded">Whether what has ended may count: the question is about the past.</param>
    /// <param name="after">Where the last page ended; null: from the first.</param>
    /// <param name="limit">1 to 1000; fewer may come before the last.</param>
    Task<Result<Page<string>>> ListSubjectsAsync(TenantId tenant, string type, Permission permission, bool includeEnded, string? after, int limit);

    /// <summary>The ids of the stored entities of a type, in ordinal order.</summary>
    Task<Result<Page<string>>> ListResourcesAsync(TenantId tenant, string type, string? after, int limit);

    /// <summary>The actions that the tenant knows for a type of resource, in ordinal order.</summary>
    Task<Result<Page<string>>> ListActionsAsync(TenantId tenant, string resourceType, string? after, int limit);
}
