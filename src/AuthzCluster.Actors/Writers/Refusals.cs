using AuthzCluster.Actors.Finality;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Keys;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Writers;

/// <summary>The refusals that actors and services share.</summary>
internal static class Refusals
{
    public static AuthzError NoTenant(TenantId tenant) => new(ErrorCode.TenantNotFound, $"no tenant `{tenant}`");

    public static AuthzError NoRole(RoleId role) => NoRole(role.Value);

    public static AuthzError NoRole(string role) => new(ErrorCode.RoleNotFound, $"no role `{role}`");

    public static AuthzError NoApiKey(ApiKeyId key) => new(ErrorCode.NotFound, $"no API key `{key}`");

    public static AuthzError NoRequest(string id) => new(ErrorCode.RequestNotFound, $"no role request `{id}`");

    public static AuthzError NoWebhook(string webhook) => new(ErrorCode.NotFound, $"no webhook `{webhook}`");

    public static AuthzError UnknownUser(string field) => AuthzError.Invalid(field, "is no stored entity of type `user`, and this tenant requires one");

    public static AuthzError NoAssignment(string id) => new(ErrorCode.AssignmentNotFound, $"there is no assignment `{id}`");

    public static AuthzError RoleInUse(RoleId role) => new(ErrorCode.RoleInUse, $"the role `{role}` is assigned to somebody");

    /// <summary>Storage failed.</summary>
    /// <param name="cause">What failed.</param>
    /// <param name="hasChanged">Whether something was committed before.</param>
    public static AuthzError Unavailable(StoreUnavailableException cause, bool hasChanged = false) => new(ErrorCode.Unavailable,
        hasChanged || !cause.IsOutcomeKnown ? "storage did not answer; the change was made wholly or not at all"
        : cause is NoLeaseException ? "the node that was asked holds no lease for the moment; nothing was changed"
        : "storage did not answer; nothing was changed");

    public static AuthzError TooLarge(ActorKey key) => new(ErrorCode.PayloadTooLarge, $"what would be stored of `{key.Value}` is too large");

    public static readonly AuthzError OtherRequest = new(ErrorCode.InvalidState, "another request was made under the same idempotency key");

    /// <summary>Told inside a turn only: the request was done before.</summary>
    public static readonly AuthzError Repeated = new(ErrorCode.VersionConflict, "the request was done before, and is not known any more");

    public static readonly AuthzError LostRace = new(ErrorCode.VersionConflict, "another write won the race; read again and repeat");
}
