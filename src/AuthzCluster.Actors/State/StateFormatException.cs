namespace AuthzCluster.Actors.State;

/// <summary>Stored bytes cannot be read: they are damaged, or a newer version of the software wrote them.</summary>
/// <param name="message">What is wrong with them.</param>
public sealed class StateFormatException(string message) : Exception(message);
