using AuthzCluster.Actors.Contracts;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Keys;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Grains.Abstractions.Actors;
using System.Collections.Immutable;

namespace AuthzCluster.Grains.Abstractions.Calls;

/// <summary>An API key's writer, its lost calls as refusals.</summary>
internal sealed class ApiKeyCalls(IApiKeyGrain grain) : IApiKeyActor
{
    public Task<Result<ApiKey>> CreateAsync(TenantId owner, ApiKeyDraft draft, ImmutableArray<byte> hash, Caller caller) =>
        grain.CreateAsync(owner, draft, hash, caller).ToRefusalAsync(Lost.Patience);

    public Task<Result<ApiKey>> RotateAsync(ImmutableArray<byte> hash, TimeSpan overlap, Caller caller) =>
        grain.RotateAsync(hash, overlap, caller).ToRefusalAsync(Lost.Patience);

    public Task<Result<ApiKey>> ReplaceUntoldAsync(ImmutableArray<byte> hash, Caller caller) => grain.ReplaceUntoldAsync(hash, caller).ToRefusalAsync(Lost.Patience);

    public Task<Result<ApiKey>> RevokeAsync(Caller caller) => grain.RevokeAsync(caller).ToRefusalAsync(Lost.Patience);

    public Task<Result<bool>> LeaveAsync(TenantId tenant) => grain.LeaveAsync(tenant).ToRefusalAsync(Lost.Patience);

    public Task<Result<bool>> TouchAsync(DateTimeOffset at) => grain.TouchAsync(at).ToRefusalAsync(Lost.Patience);

    public Task<Result<bool>> ContinueAsync() => grain.ContinueAsync().ToRefusalAsync(Lost.Patience);

    public Task<Result<bool>> EnsureAdminAsync(ImmutableArray<byte> hash, bool isNew) => grain.EnsureAdminAsync(hash, isNew).ToRefusalAsync(Lost.Patience);
}
