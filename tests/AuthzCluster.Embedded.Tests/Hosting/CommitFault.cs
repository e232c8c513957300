namespace AuthzCluster.Embedded.Tests.Hosting;

/// <summary>What becomes of a commit.</summary>
public enum CommitFault
{
    None,

    /// <summary>Nothing is changed, and that is known.</summary>
    FailBefore,

    /// <summary>It is done, but nobody learns it.</summary>
    FailAfter,

    /// <summary>Another was faster.</summary>
    Conflict,

    /// <summary>It is done, and it was the last thing the process did.</summary>
    DieAfter,
}
