using System.Collections.Concurrent;
using AuthzCluster.Actors.Storage;

namespace AuthzCluster.TestingHost.Storage;

/// <summary>The faults that a test has asked for, each for one write that a caller asked for, on whichever silo.</summary>
internal sealed class WriteFaults
{
    private readonly ConcurrentQueue<WriteFault> _next = new();

    public void Add(WriteFault fault) => _next.Enqueue(fault);

    // What works in the background, and the steps before the one that decides, have no request.
    public WriteFault? Take(Commit commit) => commit.Request is not null && _next.TryDequeue(out var fault) ? fault : null;
}
