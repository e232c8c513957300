using System.Text.Json;
using AuthzCluster.Actors.Contracts;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.State;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Errors;

namespace AuthzCluster.Actors.Writers;

/// <summary>Requests with the answers of the turns that did them, as they are kept.</summary>
internal static class KeptRequests
{
    private const byte Version = 1, Refused = 2;

    /// <summary>What is kept of a request that is done now.</summary>
    public static RequestMark Mark<T>(this ActorPorts ports, RequestKey request, T answer) =>
        ports.Mark(request, request.Id, [Version, .. Compression.Compress(ContractJson.Write(answer))]);

    /// <summary>What was answered to a request that was done before, or that it is another one; null: none is kept.</summary>
    /// <exception cref="StoreUnavailableException">It could not be read.</exception>
    public static async ValueTask<Result<T>?> FindRequestAsync<T>(this ActorPorts ports, RequestKey request)
    {
        if (await ports.Store.ReadRequestAsync(request.Tenant, request.Id) is not { } kept)
        {
            return null;
        }
        return Answer<T>(request, kept);
    }

    /// <summary>Keeps a request for which there was nothing to do; what is answered to it from now on, which is what was kept first.</summary>
    /// <exception cref="StoreUnavailableException">It could not be kept.</exception>
    public static async ValueTask<Result<T>> KeepRequestAsync<T>(this ActorPorts ports, RequestKey request, T answer) =>
        Answer<T>(request, await ports.Store.KeepRequestAsync(ports.Mark(request, answer)));

    /// <summary>Likewise, of a caller whose request may be a repeat; of a copy that comes late, what it was refused with.</summary>
    /// <exception cref="StoreUnavailableException">It could not be read.</exception>
    public static async ValueTask<Result<T>?> FindRepeatAsync<T>(this ActorPorts ports, Caller caller) =>
        caller.Request is not { MayBeRepeat: true } request ? null
        : await ports.FindRequestAsync<T>(request) ?? (await ports.FindRefusalAsync(request) is { } refused ? refused : (Result<T>?)null);

    /// <summary>
    /// What a part of a request is refused with that was answered before; null: it was not. Asked behind the reading of what a commit goes by: what was
    /// acknowledged behind the answer, and changed that, is read then, or wins the race.
    /// </summary>
    /// <exception cref="StoreUnavailableException">It could not be read.</exception>
    public static async ValueTask<AuthzError?> FindAnsweredAsync(this ActorPorts ports, RequestKey whole) =>
        await ports.Store.ReadRequestAsync(whole.Tenant, whole.Id) is not null ? Refusals.Repeated : await ports.FindRefusalAsync(whole);

    internal static RequestMark Mark(this ActorPorts ports, RequestKey request, string id, byte[] answer) =>
        new(request.Tenant, id, [.. request.Fingerprint], answer, ports.Now() + request.KeptFor);

    internal static byte[] Packed(KeptRefusal refusal) => [Refused, .. Compression.Compress(ContractJson.Write(refusal))];

    internal static bool IsOf(this RequestMark kept, RequestKey request) => kept.Fingerprint.AsSpan().SequenceEqual(request.Fingerprint.AsSpan());

    private static Result<T> Answer<T>(RequestKey request, RequestMark kept) =>
        !kept.IsOf(request) ? Refusals.OtherRequest
        : kept.Answer is [Refused, ..] ? Read<KeptRefusal>(kept.Answer).Error
        : Read<T>(kept.Answer);

    internal static T Read<T>(byte[] answer)
    {
        try
        {
            var reader = new StateReader(answer);
            return reader.Byte() is Version or Refused ? ContractJson.Read<T>(Compression.Decompress(ref reader)) : throw reader.Damaged();
        }
        catch (Exception cause) when (cause is JsonException or StateFormatException)
        {
            throw new StoreUnavailableException("what is kept of a request cannot be read", isOutcomeKnown: true, cause);
        }
    }
}
