namespace AuthzCluster.Testing.Cases;

/// <summary>A case file breaks the format.</summary>
public sealed class CaseFormatException(string message) : Exception(message);
