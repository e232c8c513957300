namespace AuthzCluster.Actors.Storage;

/// <summary>Something cannot be sealed or opened: its key is missing, the key ring cannot be read, or the bytes were changed or moved. Nothing was changed.</summary>
/// <param name="message">What is wrong and what mends it, for the operator.</param>
/// <param name="inner">The cause.</param>
public sealed class VaultException(string message, Exception? inner = null) : StoreUnavailableException(message, isOutcomeKnown: true, inner);
