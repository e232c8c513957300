using AuthzCluster.Actors.Ports;
using AuthzCluster.Domain.Administration;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Keys;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Writers;

/// <summary>
/// Whether a caller may come to have a key: who has its token has all that it holds, so that a new token of an old key is
/// judged as if all that were given anew. Null: it may. The caller's credential was found valid in the key's tenants before.
/// </summary>
internal sealed class KeyGuard(ApiKey key, IActorDirectory directory, ITenantReplicas replicas, IHeldRights rights, DateTimeOffset now)
{
    private static readonly Func<CompiledTenant, CallerRights, ValueTask<AuthzError?>> NoMore = (_, _) => new((AuthzError?)null);

    private IEnumerable<TenantId> All => key.Tenants.Append(key.Owner).Distinct();

    /// <summary>Judges making it; what it is to be given is judged where that is written.</summary>
    public Task<AuthzError?> CheckMakingAsync(Caller caller) => CheckAsync(All, caller, Rights.KeysCreate, NoMore);

    /// <summary>Judges giving it another token.</summary>
    public Task<AuthzError?> CheckRotationAsync(Caller caller) => CheckTokenAsync(caller, Rights.KeysUpdate);

    /// <summary>Judges giving it another token in place of one that a request of the caller asked for and that was not told.</summary>
    public Task<AuthzError?> CheckReplacementAsync(Caller caller) => CheckTokenAsync(caller, key.RotatedAt is null ? Rights.KeysCreate : Rights.KeysUpdate);

    /// <summary>Judges ending it: that is for the tenant to say in which it was made.</summary>
    public Task<AuthzError?> CheckRevocationAsync(Caller caller) => CheckAsync([key.Owner], caller, Rights.KeysDelete, NoMore);

    private async Task<AuthzError?> CheckTokenAsync(Caller caller, Permission needed)
    {
        if (ApiKeyEditor.BeyondOf(key.NarrowedTo, caller.NarrowedTo) is { } beyond)
        {
            return beyond;
        }
        // Who has a token of it already gains nothing by another.
        var isOwn = caller.Principal == key.Subject;
        return await CheckAsync(All, caller, needed, isOwn ? NoMore : CheckHeldAsync);
    }

    private async Task<AuthzError?> CheckAsync(
        IEnumerable<TenantId> tenants, Caller caller, Permission needed, Func<CompiledTenant, CallerRights, ValueTask<AuthzError?>> more)
    {
        foreach (var tenant in tenants)
        {
            if (await replicas.Of(tenant).LoadAsync() is not { } model)
            {
                continue;
            }
            var held = await rights.ReadAsync(model, caller);
            if ((held.Error ?? Check(held.Value!, needed, tenant) ?? await more(model, held.Value!)) is { } refusal)
            {
                return refusal;
            }
        }
        return null;
    }

    private static AuthzError? Check(CallerRights held, Permission needed, TenantId tenant) =>
        held.May(needed) ? null : new AuthzError(ErrorCode.Forbidden, $"`{needed}` is needed in the tenant `{tenant}`");

    private async ValueTask<AuthzError?> CheckHeldAsync(CompiledTenant model, CallerRights held)
    {
        var has = await directory.Subject(model.Model.Id, key.Subject).ReadAsync();
        if (!has.IsOk)
        {
            return has.Error;
        }
        return has.Value.Live.Select(given => Guard.CheckAssignment(held, model.Model, given.Role, given.Scope))
            .Concat(has.Value.Teams.Select(team => Guard.CheckJoin(held, model.Model, team, now)))
            .FirstOrDefault(refusal => refusal is not null);
    }
}
