namespace AuthzCluster.Storage.Sqlite.Writing;

/// <summary>One piece of work of the writer: all or nothing, answered when its transaction is durable.</summary>
internal abstract class WriteOperation(int bytes)
{
    /// <summary>About how much it writes.</summary>
    public int Bytes { get; } = bytes;

    /// <summary>Checks first, and changes nothing if it refuses; throws only if the store fails.</summary>
    public abstract void Apply(WriteSession session);

    public abstract void Complete();

    public abstract void Fail(Exception exception);
}
