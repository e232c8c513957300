namespace AuthzCluster.Storage;

/// <summary>
/// The store does not open, and opening it again will not help: damaged, not ours, of a newer version, or not writable.
/// The message is one line that says what to do. Nothing was changed.
/// </summary>
/// <param name="message">What is wrong and what to do.</param>
/// <param name="inner">The cause.</param>
public sealed class StoreRefusedException(string message, Exception? inner = null) : Exception(message, inner);
