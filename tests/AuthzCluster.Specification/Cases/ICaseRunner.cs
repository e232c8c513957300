using AuthzCluster.Testing.Cases;

namespace AuthzCluster.Specification.Cases;

/// <summary>Something that answers the checks of a case: the oracle, the engine, a server over HTTP.</summary>
public interface ICaseRunner
{
    /// <summary>Sets the case up from nothing, makes its attempts, then asks its checks; an outcome for each, in order. That of an attempt has <c>ok</c> or an error code.</summary>
    Task<IReadOnlyList<CaseOutcome>> RunAsync(AuthzCase test, CancellationToken cancellation = default);
}
