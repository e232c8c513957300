using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Storage;

namespace AuthzCluster.Actors.Writers;

/// <summary>Stored bytes that cannot be read make what they are of unavailable, and nothing else.</summary>
public static class Decoding
{
    /// <summary>Reads bytes that are stored of <paramref name="key"/>.</summary>
    /// <exception cref="StoreUnavailableException">They cannot be read; the operator was told.</exception>
    public static T Decode<T>(this ActorPorts ports, ActorKey key, Func<T> read)
    {
        try
        {
            return read();
        }
        // Whatever it is: damaged bytes lead readers astray in many ways.
        catch (Exception cause) when (cause is not OutOfMemoryException)
        {
            ports.Faults?.Report(key.Value, cause);
            throw new StoreUnavailableException($"what is stored of `{key.Value}` cannot be read", isOutcomeKnown: true, cause);
        }
    }
}
