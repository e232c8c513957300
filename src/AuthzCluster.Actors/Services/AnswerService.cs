using System.Runtime.InteropServices;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Actors.Views;
using AuthzCluster.Actors.Writers;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Services;

/// <summary>Doors' answers in the table of requests, under ids that no actor's request has.</summary>
/// <param name="ports">The host's.</param>
public class AnswerService(ActorPorts ports) : IAnswers
{
    private const string Prefix = "answer/";

    /// <inheritdoc/>
    public async ValueTask<Result<KeptAnswer?>> FindAsync(TenantId tenant, string id)
    {
        try
        {
            return await ports.Store.ReadRequestAsync(tenant, Prefix + id) is { } kept ? Of(kept) : null;
        }
        catch (StoreUnavailableException exception)
        {
            return Refusals.Unavailable(exception);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<Result<KeptAnswer>> KeepAsync(TenantId tenant, string id, KeptAnswer answer)
    {
        try
        {
            return Of(await ports.Store.KeepRequestAsync(new RequestMark(tenant, Prefix + id, [.. answer.Fingerprint], [.. answer.Answer], ports.Now() + IAnswers.KeptFor)));
        }
        catch (StoreUnavailableException exception)
        {
            return Refusals.Unavailable(exception);
        }
    }

    private static KeptAnswer Of(RequestMark mark) => new(
        ImmutableCollectionsMarshal.AsImmutableArray(mark.Fingerprint), ImmutableCollectionsMarshal.AsImmutableArray(mark.Answer));
}
