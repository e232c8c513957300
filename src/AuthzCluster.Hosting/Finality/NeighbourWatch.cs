using System.Collections.Concurrent;
using AuthzCluster.Actors.Finality;

namespace AuthzCluster.Hosting.Finality;

/// <summary>
/// Notices a node that is gone before a write has to: it is fenced then, so that the first write after it waits for the rest of its lease, and not for all
/// of it. Each node asks the two that come next by name, so that the messages are as many as the nodes. Only one that refuses is looked at: one that is
/// slow is fenced when there is something to tell it.
/// </summary>
/// <param name="leases">Tells who the others are.</param>
/// <param name="messenger">Reaches them.</param>
/// <param name="announcer">Looks at them all, when one refuses.</param>
/// <param name="node">This process, as the table of leases names it.</param>
/// <param name="options">Already checked.</param>
/// <param name="time">The clock.</param>
public sealed class NeighbourWatch(ILeaseTable leases, INodeMessenger messenger, Announcer announcer, string node, FinalityOptions options, TimeProvider time)
{
    private const int Neighbours = 2, AsksOfAList = 4;

    private readonly TimeSpan _pace = options.Confirmation / AsksOfAList;
    private readonly ConcurrentDictionary<string, bool> _asked = new(StringComparer.Ordinal);
    private IReadOnlyList<string> _neighbours = [];

    /// <summary>Watches until <paramref name="stop"/>.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        for (var ask = 0; ; ask++)
        {
            await Task.Delay(_pace, time, stop).ConfigureAwait(false);
            if (ask % AsksOfAList == 0)
            {
                _neighbours = await FindAsync().ConfigureAwait(false);
            }
            foreach (var neighbour in _neighbours)
            {
                _ = AskAsync(neighbour);
            }
        }
    }

    private async Task<IReadOnlyList<string>> FindAsync()
    {
        try
        {
            var others = (await leases.ListAsync().ConfigureAwait(false)).Where(row => !row.IsFenced && row.Node != node).Select(row => row.Node).Distinct();
            return [.. others.OrderBy(other => string.CompareOrdinal(other, node) < 0).ThenBy(other => other, StringComparer.Ordinal).Take(Neighbours)];
        }
        catch (Exception)
        {
            // While the table cannot be read nobody can be fenced.
            return [];
        }
    }

    private async Task AskAsync(string neighbour)
    {
        if (!_asked.TryAdd(neighbour, true))
        {
            return;
        }
        try
        {
            await messenger.RaiseAsync(neighbour, []).ConfigureAwait(false);
        }
        catch (Exception)
        {
            await announcer.LookAsync().ConfigureAwait(false);
        }
        finally
        {
            _asked.TryRemove(neighbour, out _);
        }
    }
}
