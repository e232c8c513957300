namespace AuthzCluster.Conformance.Hosting;

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

    /// <summary>The store does not take so much.</summary>
    TooLarge,

    /// <summary>The store breaks in a way that nobody foresaw, before the commit.</summary>
    ThrowBefore,

    /// <summary>The same after the commit.</summary>
    ThrowAfter,

    /// <summary>It is done, and it was the last thing the process did.</summary>
    DieAfter,
}
