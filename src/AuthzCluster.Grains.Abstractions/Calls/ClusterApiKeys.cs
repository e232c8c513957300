using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Services;
using AuthzCluster.Actors.Views;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Keys;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Grains.Abstractions.Services;

namespace AuthzCluster.Grains.Abstractions.Calls;

/// <summary>API keys, by way of any silo. Uses are noted here, and told once a minute.</summary>
internal sealed class ClusterApiKeys(ClusterCaller calls, KeyUses uses) : IApiKeys
{
    public Task<Result<IssuedKey>> CreateAsync(TenantId tenant, ApiKeyDraft draft, Caller caller) =>
        calls.WriteAsync<IApiKeysGrain, IssuedKey>(tenant, caller, (grain, named) => grain.CreateAsync(tenant, draft, named));

    public Task<Result<ApiKey>> GetAsync(TenantId tenant, ApiKeyId key) =>
        calls.ReadAsync<IApiKeysGrain, ApiKey>(grain => grain.GetAsync(tenant, key));

    public Task<Result<Page<ApiKey>>> ListAsync(TenantId tenant, string? after, int limit) =>
        calls.ReadAsync<IApiKeysGrain, Page<ApiKey>>(grain => grain.ListAsync(tenant, after, limit), calls.Options.ListDeadline);

    public Task<Result<IssuedKey>> RotateAsync(TenantId tenant, ApiKeyId key, TimeSpan? overlap, Caller caller) =>
        calls.WriteAsync<IApiKeysGrain, IssuedKey>(tenant, caller, (grain, named) => grain.RotateAsync(tenant, key, overlap, named));

    public Task<Result<ApiKey>> RevokeAsync(TenantId tenant, ApiKeyId key, Caller caller) =>
        calls.WriteAsync<IApiKeysGrain, ApiKey>(tenant, caller, (grain, named) => grain.RevokeAsync(tenant, key, named), calls.Options.LongDeadline);

    public ValueTask<Result<OpenedKey?>> FindAsync(string token) =>
        new(calls.ReadAsync<IApiKeysGrain, OpenedKey?>(grain => grain.FindAsync(token).AsTask()));

    public Task<Result<bool>> EnsureAdminAsync(string token, bool isNew) =>
        calls.ReadAsync<IApiKeysGrain, bool>(grain => grain.EnsureAdminAsync(token, isNew));

    public void Touch(ApiKeyId key) => uses.Note(key);
}
