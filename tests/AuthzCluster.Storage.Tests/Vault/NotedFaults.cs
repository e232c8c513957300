using System.Collections.Concurrent;
using AuthzCluster.Actors.Ports;

namespace AuthzCluster.Storage.Tests.Vault;

/// <summary>Keeps what it is told.</summary>
internal sealed class NotedFaults : IFaultLog
{
    public ConcurrentQueue<string> Told { get; } = new();

    public void Report(string what, Exception cause) => Told.Enqueue($"{what}: {cause.Message}");
}
