namespace AuthzCluster.TestingHost;

/// <summary>What becomes of a write that a test lets fail. Its caller is told <c>unavailable</c> in both cases.</summary>
public enum WriteFault
{
    /// <summary>It is not done, and the silo knows that.</summary>
    NotDone,

    /// <summary>It is done, and the silo does not know that: nothing answered in time.</summary>
    DoneUnknown,
}
