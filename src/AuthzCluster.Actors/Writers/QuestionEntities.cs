using AuthzCluster.Actors.Ports;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Entities;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Writers;

/// <summary>The stored entities that a question is about, as they are at one look: the subject, then the resource.</summary>
internal readonly struct QuestionEntities
{
    private readonly IEntityReplica? _subject, _resource;
    private readonly StoredEntity? _subjectState, _resourceState;

    private QuestionEntities(IEntityReplica? subject, StoredEntity? subjectState, IEntityReplica? resource, StoredEntity? resourceState) =>
        (_subject, _subjectState, _resource, _resourceState) = (subject, subjectState, resource, resourceState);

    /// <summary>
    /// Whether they are in memory, and still as they were looked at: then all that was looked at before, and is as it was
    /// when looked at again, held at one moment with them.
    /// </summary>
    public bool StillHold => Holds(_subject, _subjectState) && Holds(_resource, _resourceState);

    /// <summary>What is in memory.</summary>
    public static QuestionEntities Look(IEntityReplicas replicas, TenantId tenant, CompiledTenant model, AccessRequest request)
    {
        var subject = model.SubjectOf(request) is { } asks ? replicas.Of(tenant, asks) : null;
        var subjectState = subject?.Current;
        var resource = model.ResourceOf(request) is { } asked ? replicas.Of(tenant, asked) : null;
        return new QuestionEntities(subject, subjectState, resource, resource?.Current);
    }

    /// <summary>What is stored, read where it is not in memory.</summary>
    /// <exception cref="Storage.StoreUnavailableException">It could not be read.</exception>
    public static async ValueTask<QuestionEntities> LoadAsync(IEntityReplicas replicas, TenantId tenant, CompiledTenant model, AccessRequest request)
    {
        var subject = model.SubjectOf(request) is { } asks ? replicas.Of(tenant, asks) : null;
        var subjectState = subject is null ? null : await subject.LoadAsync();
        var resource = model.ResourceOf(request) is { } asked ? replicas.Of(tenant, asked) : null;
        return new QuestionEntities(subject, subjectState, resource, resource is null ? null : await resource.LoadAsync());
    }

    /// <summary>The question with what is stored of them.</summary>
    public AccessRequest Join(AccessRequest request) => StoredProperties.Join(request, _subjectState, _resourceState);

    private static bool Holds(IEntityReplica? replica, StoredEntity? state) =>
        replica is null || (state is not null && ReferenceEquals(replica.Current, state));
}
