namespace AuthzCluster.Specification.Cases;

/// <summary>Something that answers the checks of a case: the oracle, the engine, a server over HTTP.</summary>
public interface ICaseRunner
{
    /// <summary>Sets the case up from nothing and answers each of its checks, in order.</summary>
    Task<IReadOnlyList<CaseOutcome>> RunAsync(AuthzCase test, CancellationToken cancellation = default);
}
