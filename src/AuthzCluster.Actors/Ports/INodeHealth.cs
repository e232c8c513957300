namespace AuthzCluster.Actors.Ports;

/// <summary>How this node is.</summary>
public interface INodeHealth
{
    /// <summary>Whether it has started and can answer questions.</summary>
    bool IsReady { get; }

    /// <summary>What keeps it from taking writes, in one line; null: nothing.</summary>
    string? WriteProblem { get; }

    /// <summary>What works in the background and keeps failing, in one line that names nobody; null: nothing.</summary>
    string? BackgroundProblem { get; }
}
