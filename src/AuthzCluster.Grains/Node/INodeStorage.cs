using AuthzCluster.Actors.Finality;
using AuthzCluster.Actors.Storage;

namespace AuthzCluster.Grains.Node;

/// <summary>The storage of a cluster, as one of its silos opens it. All silos of a cluster have the same.</summary>
public interface INodeStorage
{
    /// <summary>The actors' states; there once it is open.</summary>
    IActorStore States { get; }

    /// <summary>The audit logs; there once it is open.</summary>
    IAuditStore Audit { get; }

    /// <summary>What seals it; there once it is open.</summary>
    IVault Vault { get; }

    /// <summary>The table of leases; to be asked once it is open.</summary>
    ILeaseTable Leases { get; }

    /// <summary>What keeps it from taking writes, in one line; null: nothing.</summary>
    string? WriteProblem { get; }

    /// <summary>Opens it, waiting for it where it does not answer yet.</summary>
    /// <exception cref="Hosting.StartRefusedException">It is not this cluster's, or not of this version; the message says what mends it.</exception>
    Task OpenAsync(CancellationToken stop);

    /// <summary>The key of the page tokens, the same on every silo.</summary>
    ValueTask<byte[]> ReadPageTokenKeyAsync();

    /// <summary>Closes it behind the commits under way.</summary>
    Task CloseAsync();
}
