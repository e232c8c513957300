using AuthzCluster.Actors.Views;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Ports;

/// <summary>
/// Whole answers of a door to requests that their clients may repeat: kept for <see cref="KeptFor"/> at least, beside what the actors keep of
/// requests. What the bytes mean is the door's business. Errors of both: <see cref="ErrorCode.Unavailable"/>.
/// </summary>
public interface IAnswers
{
    /// <summary>How long requests and answers are kept at least; what is older may be gone at any time.</summary>
    static readonly TimeSpan KeptFor = TimeSpan.FromHours(24);

    /// <summary>The answer kept under an id; null: none.</summary>
    ValueTask<Result<KeptAnswer?>> FindAsync(TenantId tenant, string id);

    /// <summary>Keeps an answer; it is durable when this completes. The first one under an id wins: what is kept is answered.</summary>
    ValueTask<Result<KeptAnswer>> KeepAsync(TenantId tenant, string id, KeptAnswer answer);
}
