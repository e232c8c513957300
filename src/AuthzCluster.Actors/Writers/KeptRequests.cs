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
    private const byte Version = 1;

    /// <summary>What is kept of a request that is done now.</summary>
    public static RequestMark Mark<T>(this ActorPorts ports, RequestKey request, T answer) =>
        new(request.Tenant, request.Id, [.. request.Fingerprint], [Version, .. Compression.Compress(ContractJson.Write(answer))], ports.Now() + request.KeptFor);

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

    /// <summary>Likewise, of a caller whose request may be a repeat.</summary>
    /// <exception cref="StoreUnavailableException">It could not be read.</exception>
    public static ValueTask<Result<T>?> FindRepeatAsync<T>(this ActorPorts ports, Caller caller) =>
        caller.Request is { MayBeRepeat: true } request ? ports.FindRequestAsync<T>(request) : default;

    private static Result<T> Answer<T>(RequestKey request, RequestMark kept) =>
        kept.Fingerprint.AsSpan().SequenceEqual(request.Fingerprint.AsSpan()) ? Read<T>(kept.Answer) : Refusals.OtherRequest;

    private static T Read<T>(byte[] answer)
    {
        try
        {
            var reader = new StateReader(answer);
            return reader.Byte() == Version ? ContractJson.Read<T>(Compression.Decompress(ref reader)) : throw reader.Damaged();
        }
        catch (Exception cause) when (cause is JsonException or StateFormatException)
        {
            throw new StoreUnavailableException("what is kept of a request cannot be read", isOutcomeKnown: true, cause);
        }
    }
}
