using AuthzCluster.Domain.Policies.Outside;

namespace AuthzCluster.Actors.Ports;

/// <summary>
/// Asks engines outside of the service, such as an Open Policy Agent server. For any thread; several questions may be under way. Its answers are kept for a
/// moment at most, and never beyond a change of the tenant's model or of what the subject holds.
/// </summary>
public interface IOutsideEngine
{
    /// <summary>Asks, in bounded time. Never throws: what is no answer says so.</summary>
    ValueTask<OutsideAnswer> AskAsync(OutsideCall call);
}
