using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.State;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Actors.Views;
using AuthzCluster.Actors.Writers;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Keys;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Services;

/// <summary>API keys: tokens are made and judged here and go no further, writes go to the keys' writers, reads to storage.</summary>
/// <param name="directory">Where the writers are.</param>
/// <param name="replicas">The node's models.</param>
/// <param name="uses">Takes note of uses.</param>
/// <param name="ports">The host's.</param>
public class ApiKeyService(IActorDirectory directory, ITenantReplicas replicas, KeyUses uses, ActorPorts ports) : IApiKeys
{
    /// <inheritdoc/>
    public Task<Result<IssuedKey>> CreateAsync(TenantId tenant, ApiKeyDraft draft, Caller caller) => replicas.WithTenantAsync<IssuedKey>(tenant, async _ =>
    {
        var id = new ApiKeyId(ports.Ids.Next());
        var token = ApiKeyToken.Make(id);
        return await TellAsync(await directory.ApiKey(id).CreateAsync(tenant, draft, ApiKeyToken.HashOf(token), caller), token, caller);
    });

    /// <inheritdoc/>
    public Task<Result<ApiKey>> GetAsync(TenantId tenant, ApiKeyId key) => replicas.WithTenantAsync<ApiKey>(tenant, async _ =>
        await ReadAsync(key) is { Stage: ApiKeyStage.Active, Key: var found } && found.Owner == tenant ? found : Refusals.NoApiKey(key));

    /// <inheritdoc/>
    public Task<Result<Page<ApiKey>>> ListAsync(TenantId tenant, string? after, int limit) => replicas.WithTenantAsync<Page<ApiKey>>(tenant, async _ =>
    {
        var rows = await ports.Store.ReadIndexAsync(tenant, IndexNames.ApiKeys, IndexNames.OwnedKeys, after, limit + 1);
        var stored = await ports.Store.ReadManyAsync([.. rows.Take(limit).Select(row => ActorKey.Of(new ApiKeyId(row.Member)))]);
        // One that is being made has its row, and opens nothing yet.
        var keys = stored.Select(Decode).Where(state => state.Stage == ApiKeyStage.Active).Select(state => state.Key);
        return new Page<ApiKey>([.. keys.OrderBy(key => key.Id.Value, StringComparer.Ordinal)], rows.Count > limit ? rows[limit - 1].Member : null);
    });

    /// <inheritdoc/>
    public Task<Result<IssuedKey>> RotateAsync(TenantId tenant, ApiKeyId key, TimeSpan? overlap, Caller caller) =>
        WithKeyAsync<IssuedKey>(tenant, key, caller, async () =>
        {
            var token = ApiKeyToken.Make(key);
            return await TellAsync(await directory.ApiKey(key).RotateAsync(ApiKeyToken.HashOf(token), overlap ?? ApiKeyEditor.UsualOverlap, caller), token, caller);
        });

    /// <inheritdoc/>
    public Task<Result<ApiKey>> RevokeAsync(TenantId tenant, ApiKeyId key, Caller caller) =>
        WithKeyAsync(tenant, key, caller, () => directory.ApiKey(key).RevokeAsync(caller));

    /// <inheritdoc/>
    public async ValueTask<Result<OpenedKey?>> FindAsync(string token)
    {
        if (ApiKeyToken.IdOf(token) is not { } id)
        {
            return (OpenedKey?)null;
        }
        try
        {
            return ApiKeyToken.Open(ApiKeyToken.HashOf(token), await ReadAsync(id), ports.Now());
        }
        catch (StoreUnavailableException exception)
        {
            return Refusals.Unavailable(exception);
        }
    }

    /// <inheritdoc/>
    public void Touch(ApiKeyId key) => uses.Note(key);

    /// <inheritdoc/>
    public Task<Result<bool>> EnsureAdminAsync(string token, bool isNew) =>
        directory.ApiKey(ApiKeyId.Admin).EnsureAdminAsync(ApiKeyToken.HashOf(token), isNew);

    // One that is over may be so by this very request.
    private Task<Result<T>> WithKeyAsync<T>(TenantId tenant, ApiKeyId key, Caller caller, Func<Task<Result<T>>> write) => replicas.WithTenantAsync<T>(tenant, async _ =>
        await ReadAsync(key) is { Stage: var stage, Key: var found } && found.Owner == tenant
        && (stage == ApiKeyStage.Active || (stage != ApiKeyStage.Making && caller.Request is { MayBeRepeat: true }))
            ? await write() : Refusals.NoApiKey(key));

    /// <summary>
    /// The key with its token. Where the writer answers as it did to the same request before, the token of then is not known to anybody, or to
    /// a caller who did not get it: the key gets another.
    /// </summary>
    private async Task<Result<IssuedKey>> TellAsync(Result<ApiKey> made, string token, Caller caller)
    {
        if (!made.IsOk)
        {
            return made.Error;
        }
        var opened = ApiKeyToken.IdOf(token) == made.Value.Id && caller.Request is not null ? await FindAsync(token) : (OpenedKey?)null;
        if (opened.Error is { } error)
        {
            return error;
        }
        if (caller.Request is null || opened.Value is not null)
        {
            return new IssuedKey(made.Value, token);
        }
        var other = ApiKeyToken.Make(made.Value.Id);
        var replaced = await directory.ApiKey(made.Value.Id).ReplaceUntoldAsync(ApiKeyToken.HashOf(other), caller);
        return replaced.Map(key => new IssuedKey(key, other));
    }

    private async ValueTask<ApiKeyState?> ReadAsync(ApiKeyId key) => await ports.Store.ReadAsync(ActorKey.Of(key)) is { } stored ? Decode(stored) : null;

    private ApiKeyState Decode(StoredState stored) => ports.Decode(stored.Key, () => ApiKeyCodec.Decode(stored.State));
}
