namespace AuthzCluster.Actors.Storage;

/// <summary>Storage did not do its work. Of a commit the outcome may be unknown: it was done wholly or not at all.</summary>
public class StoreUnavailableException : Exception
{
    /// <summary>With its cause.</summary>
    /// <param name="message">What failed, for the operator.</param>
    /// <param name="isOutcomeKnown">Whether it is certain that nothing was changed.</param>
    /// <param name="inner">The cause.</param>
    public StoreUnavailableException(string message, bool isOutcomeKnown, Exception? inner = null)
        : base(message, inner) => IsOutcomeKnown = isOutcomeKnown;

    /// <summary>Whether it is certain that nothing was changed.</summary>
    public bool IsOutcomeKnown { get; }
}
