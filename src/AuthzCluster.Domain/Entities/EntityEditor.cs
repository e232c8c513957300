using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Domain.Entities;

/// <summary>Decides edits of one entity. Pure.</summary>
public static class EntityEditor
{
    /// <summary>Makes or replaces it. <paramref name="ifVersion"/>: only where it is there at that revision.</summary>
    public static Result<EntityChange> Put(EntityId id, StoredEntity current, AttributeBag properties, long? ifVersion, DateTimeOffset now)
    {
        var errors = new List<FieldError>();
        EntityRules.Check(id, properties, errors);
        if (errors.Count > 0)
        {
            return AuthzError.Invalid(errors);
        }
        if (CheckVersion(id, current, ifVersion) is { } refusal)
        {
            return refusal;
        }
        if (current.IsStored && current.Properties.Equals(properties))
        {
            return new EntityChange(current, null);
        }
        var time = Instants.Cut(now);
        var next = new StoredEntity
        {
            Revision = current.Revision + 1,
            IsStored = true,
            Properties = properties,
            CreatedAt = current.IsStored ? current.CreatedAt : time,
            UpdatedAt = time,
        };
        var action = current.IsStored ? AuditActions.EntityUpdated : AuditActions.EntityCreated;
        return new EntityChange(next, Tell(action, id, current, next)) { IsNew = !current.IsStored };
    }

    /// <summary>
    /// Removes it; <see cref="ErrorCode.NotFound"/> where it is not there. <paramref name="ifVersion"/>: only at that
    /// revision. What stays is its revision: who saw the old one must not take the next of that name for it.
    /// </summary>
    public static Result<EntityChange> Delete(EntityId id, StoredEntity current, long? ifVersion, DateTimeOffset now)
    {
        if (!current.IsStored)
        {
            return NotFound(id);
        }
        if (CheckVersion(id, current, ifVersion) is { } refusal)
        {
            return refusal;
        }
        var next = new StoredEntity { Revision = current.Revision + 1, UpdatedAt = Instants.Cut(now) };
        return new EntityChange(next, Tell(AuditActions.EntityDeleted, id, current, next));
    }

    /// <summary>The refusal where an entity is not there.</summary>
    public static AuthzError NotFound(EntityId id) => new(ErrorCode.NotFound, $"no entity {TextRules.Quote(id.ToString())}");

    private static AuthzError? CheckVersion(EntityId id, StoredEntity current, long? ifVersion) =>
        ifVersion is null || (current.IsStored && ifVersion == current.Revision) ? null
        : new AuthzError(ErrorCode.PreconditionFailed, current.IsStored
            ? $"the entity {TextRules.Quote(id.ToString())} has version {current.Revision}"
            : $"the entity {TextRules.Quote(id.ToString())} is not stored");

    private static AuditEntry Tell(string action, EntityId id, StoredEntity before, StoredEntity after) =>
        new(action, "entity", id.ToString(), Snapshot(id, before), Snapshot(id, after));

    private static AttributeBag? Snapshot(EntityId id, StoredEntity state) => !state.IsStored ? null : AttributeBag.Of(
        ("type", AttributeValue.Of(id.Type)),
        ("id", AttributeValue.Of(id.Id)),
        ("properties", AttributeValue.Of(state.Properties)));
}
