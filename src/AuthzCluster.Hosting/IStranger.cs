namespace AuthzCluster.Hosting;

/// <summary>An activated actor that may turn out to be of something of which nothing is stored.</summary>
public interface IStranger
{
    /// <summary>Whether it was closed.</summary>
    bool IsClosed { get; }

    /// <summary>Closes it and takes it away, if nothing is stored of it and nobody is in line.</summary>
    void LeaveIfStranger();
}
