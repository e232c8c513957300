namespace AuthzCluster.Hosting;

/// <summary>The server does not start; the message is one line that says why, for the operator.</summary>
/// <param name="message">The line.</param>
/// <param name="inner">The cause.</param>
public sealed class StartRefusedException(string message, Exception? inner = null) : Exception(message, inner);
