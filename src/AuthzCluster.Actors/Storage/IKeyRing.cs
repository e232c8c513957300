namespace AuthzCluster.Actors.Storage;

/// <summary>Where the keys of a vault are kept, one piece of XML each. Used seldom, so it may wait for a disk or a database.</summary>
public interface IKeyRing
{
    /// <summary>Where that is, for the operator.</summary>
    string Where { get; }

    /// <summary>All pieces.</summary>
    /// <exception cref="StoreUnavailableException">They cannot be read.</exception>
    IReadOnlyList<string> Read();

    /// <summary>Keeps a piece; it is durable when this returns. One that is there under the name stays.</summary>
    /// <param name="name">Its name, such as <c>key-…</c>.</param>
    /// <param name="xml">The piece.</param>
    /// <exception cref="StoreUnavailableException">It cannot be kept.</exception>
    void Add(string name, string xml);
}
