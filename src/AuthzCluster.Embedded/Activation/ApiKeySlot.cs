using System.Collections.Immutable;
using AuthzCluster.Actors.Contracts;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Writers;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Keys;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Embedded.Activation;

/// <summary>An API key's slot. Whoever presents a token does not come here.</summary>
internal sealed class ApiKeySlot(ActorDirectory directory, ApiKeyId key, ApiKeyActor actor) : Slot<ApiKeySlot, ApiKeyActor>(actor), IApiKeyActor
{
    public Task<Result<ApiKey>> CreateAsync(TenantId owner, ApiKeyDraft draft, ImmutableArray<byte> hash, Caller caller) =>
        TurnAsync(writer => writer.CreateAsync(owner, draft, hash, caller));

    public Task<Result<ApiKey>> RotateAsync(ImmutableArray<byte> hash, TimeSpan overlap, Caller caller) =>
        TurnAsync(writer => writer.RotateAsync(hash, overlap, caller));

    public Task<Result<ApiKey>> ReplaceUntoldAsync(ImmutableArray<byte> hash, Caller caller) => TurnAsync(writer => writer.ReplaceUntoldAsync(hash, caller));

    public Task<Result<ApiKey>> RevokeAsync(Caller caller) => TurnAsync(writer => writer.RevokeAsync(caller));

    public Task<Result<bool>> LeaveAsync(TenantId tenant) => TurnAsync(writer => writer.LeaveAsync(tenant));

    public Task<Result<bool>> TouchAsync(DateTimeOffset at) => TurnAsync(writer => writer.TouchAsync(at));

    public Task<Result<bool>> ContinueAsync() => TurnAsync(writer => writer.ContinueAsync());

    public Task<Result<bool>> EnsureAdminAsync(ImmutableArray<byte> hash, bool isNew) => TurnAsync(writer => writer.EnsureAdminAsync(hash, isNew));

    protected override ApiKeySlot Successor() => directory.ApiKeySlot(key);
}
