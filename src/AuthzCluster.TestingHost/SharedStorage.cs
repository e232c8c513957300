using AuthzCluster.Actors.Storage;
using AuthzCluster.Grains.Node;

namespace AuthzCluster.TestingHost;

/// <summary>One store for all silos of a test cluster, opened and closed by the cluster and not by its silos.</summary>
internal sealed class SharedStorage(IActorStore states, IAuditStore audit, Func<string?> writeProblem) : INodeStorage
{
    private static readonly byte[] PageTokenKey = new byte[32];

    public IActorStore States => states;

    public IAuditStore Audit => audit;

    public string? WriteProblem => writeProblem();

    public Task OpenAsync(CancellationToken stop) => Task.CompletedTask;

    public ValueTask<byte[]> ReadPageTokenKeyAsync() => new(PageTokenKey);

    public Task CloseAsync() => Task.CompletedTask;
}
