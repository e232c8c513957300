namespace AuthzCluster.Hosting.Finality;

/// <summary>Messages to other nodes, past all actors.</summary>
public interface INodeMessenger
{
    /// <summary>Has a node raise what is in the batch (<see cref="Announcement.RaiseIn"/>). Completes once it says that it has; fails, by whatever exception, if it may not have, after some seconds at the latest.</summary>
    /// <param name="node">The process, as the table of leases names it; one that has started anew at its address is another.</param>
    /// <param name="batch">At most 1,000, each key once. Not changed later.</param>
    Task RaiseAsync(string node, IReadOnlyList<Announcement> batch);
}
