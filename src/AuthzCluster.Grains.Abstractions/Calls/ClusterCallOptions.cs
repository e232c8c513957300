namespace AuthzCluster.Grains.Abstractions.Calls;

/// <summary>How long a caller of the cluster waits, all repeats included; for each attempt a third of it, of a question or a read of one thing first twice a second at most.</summary>
public sealed record ClusterCallOptions
{
    /// <summary>For a question, or a read of one thing. Default: 5 seconds.</summary>
    public TimeSpan ReadDeadline { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>For a page of a list, which may have to look through a lot. Default: 30 seconds.</summary>
    public TimeSpan ListDeadline { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>For a write. Default: 30 seconds.</summary>
    public TimeSpan WriteDeadline { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>For an import or export, the end of a tenant, a role or an API key: what goes through many things, and is not begun again. Default: 5 minutes.</summary>
    public TimeSpan LongDeadline { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>What deadlines and pauses are measured by. A test that moves the clock of the service leaves this as it is.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
