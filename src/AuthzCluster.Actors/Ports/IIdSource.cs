namespace AuthzCluster.Actors.Ports;

/// <summary>Makes ids that nobody has used or can guess.</summary>
public interface IIdSource
{
    /// <summary>A new id: URL-safe, at most 40 characters.</summary>
    string Next();
}
