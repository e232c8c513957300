namespace AuthzCluster.Finality.Tests.Simulation;

/// <summary>Decides when what is sent arrives, if at all.</summary>
internal interface ILinks
{
    /// <summary>A call was sent.</summary>
    void There(Call call, Action arrive);

    /// <summary>It was done, and its answer sent.</summary>
    void Back(Call call, Action arrive);

    /// <summary>How long the caller waits before it takes the call for failed. It may still be done later.</summary>
    TimeSpan Patience(Call call);
}
