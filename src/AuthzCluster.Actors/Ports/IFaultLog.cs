namespace AuthzCluster.Actors.Ports;

/// <summary>Where what goes wrong inside is told to the operator. Whoever asked is answered all the same.</summary>
public interface IFaultLog
{
    /// <summary>Something does not work: of what keeps failing in the same way it is enough to tell once.</summary>
    /// <param name="what">What, by its name: an actor's key.</param>
    /// <param name="cause">Why.</param>
    void Report(string what, Exception cause);
}
