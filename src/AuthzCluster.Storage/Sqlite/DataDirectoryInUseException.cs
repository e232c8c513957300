namespace AuthzCluster.Storage.Sqlite;

/// <summary>Another process, or another store of this one, has the data directory open. The message is one line for the operator.</summary>
/// <param name="directory">The directory.</param>
public sealed class DataDirectoryInUseException(string directory)
    : Exception($"The data directory '{directory}' is in use by another process; stop that one, or choose another directory.");
