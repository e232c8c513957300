namespace AuthzCluster.Client;

/// <summary>Who calls a cluster over Orleans, and how long it waits. Checked when the host starts; a bad value says its name.</summary>
public class AuthzClusterGrainOptions
{
    /// <summary>
    /// The API key that says who the caller is: to be within the cluster's network is no right to anything. This or
    /// <see cref="ApiKeyProvider"/> is required.
    /// </summary>
    public string? ApiKey { get; set; }

    /// <summary>
    /// Gives the API key of each call, for keys that change: it is asked every time, so it should keep its key while that is
    /// good. Its time is part of the deadline.
    /// </summary>
    public Func<CancellationToken, ValueTask<string>>? ApiKeyProvider { get; set; }

    /// <summary>The tenant. Default: <c>default</c>; <c>ForTenant</c> of the clients gives others.</summary>
    public string Tenant { get; set; } = "default";

    /// <summary>When a call is over, repeats and waiting included; of a list that has many pages, each page. 1 ms to 1 day. Default: 5 seconds.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>What deadlines are measured by. Not the host's <see cref="TimeProvider"/>: a test that lets that stand still waits for answers all the same.</summary>
    internal TimeProvider DeadlineClock { get; set; } = TimeProvider.System;
}
