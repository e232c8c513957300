using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Errors;

namespace AuthzCluster.Actors.Writers;

/// <summary>
/// Refusals of requests of which copies may yet be on their way: what is sent again after the refusal is judged again, what was sent before and comes late
/// is not. Kept beside the request, one after the other: it may be refused again and again, and done at last.
/// </summary>
internal static class KeptRefusals
{
    // Who repeats a refused request more often than that, under one key, is refused from then on.
    private const int Most = 100;

    /// <summary>Keeps a refusal, where copies may be on their way.</summary>
    /// <exception cref="StoreUnavailableException">It could not be kept.</exception>
    public static async ValueTask KeepRefusalAsync(this ActorPorts ports, RequestKey request, AuthzError error)
    {
        if (request.Sending is not { } sending)
        {
            return;
        }
        var packed = KeptRequests.Packed(new KeptRefusal(sending, error));
        if (sending == request.Id)
        {
            await ports.Store.KeepRequestAsync(ports.Mark(request, request.Id, packed));
            return;
        }
        for (var place = 0; place < Most; place++)
        {
            var kept = await ports.Store.KeepRequestAsync(ports.Mark(request, IdOf(request, place), packed));
            if (kept.IsOf(request) && StandsFor(kept, sending))
            {
                return;
            }
        }
    }

    /// <summary>What a copy that comes late was refused with; null: it is to be judged.</summary>
    /// <exception cref="StoreUnavailableException">It could not be read.</exception>
    public static async ValueTask<AuthzError?> FindRefusalAsync(this ActorPorts ports, RequestKey request)
    {
        if (request.Sending is not { } sending || sending == request.Id)
        {
            return null;
        }
        AuthzError? latest = null;
        for (var place = 0; place < Most; place++)
        {
            if (await ports.Store.ReadRequestAsync(request.Tenant, IdOf(request, place)) is not { } kept)
            {
                return null;
            }
            latest = KeptRequests.Read<KeptRefusal>(kept.Answer).Error;
            if (kept.IsOf(request) && StandsFor(kept, sending))
            {
                return latest;
            }
        }
        return latest;
    }

    private static bool StandsFor(RequestMark kept, string sending) =>
        string.CompareOrdinal(sending, KeptRequests.Read<KeptRefusal>(kept.Answer).Sending) <= 0;

    private static string IdOf(RequestKey request, int place) => $"refused/{request.Id}/{place}";
}
