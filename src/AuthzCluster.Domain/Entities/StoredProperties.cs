using AuthzCluster.Domain.Decisions;

namespace AuthzCluster.Domain.Entities;

/// <summary>Joins what is stored into questions.</summary>
public static class StoredProperties
{
    /// <summary>
    /// The question with the properties of its stored subject and resource, overridden name by name by its own; null:
    /// nothing is stored. Nothing large is copied: many questions of a batch or a search share what they were asked with. Where nothing comes of it, the question itself.
    /// </summary>
    public static AccessRequest Join(AccessRequest request, StoredEntity? subject, StoredEntity? resource)
    {
        var subjectHas = subject is { Properties.Count: > 0 };
        var resourceHas = resource is { Properties.Count: > 0 };
        return !subjectHas && !resourceHas ? request : request with
        {
            SubjectProperties = subjectHas ? subject!.Properties.With(request.SubjectProperties) : request.SubjectProperties,
            ResourceProperties = resourceHas ? resource!.Properties.With(request.ResourceProperties) : request.ResourceProperties,
        };
    }
}
