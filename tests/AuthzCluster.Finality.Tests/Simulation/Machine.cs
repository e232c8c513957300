namespace AuthzCluster.Finality.Tests.Simulation;

/// <summary>Where one process runs, and then the next.</summary>
/// <param name="name">Its name.</param>
/// <param name="rate">Seconds of its clock in a true second.</param>
internal sealed class Machine(string name, double rate)
{
    public string Name => name;

    public double Rate => rate;

    /// <summary>Until when nothing on it runs. Its clock goes on.</summary>
    public long PausedUntil { get; set; }

    /// <summary>Until when it does not reach the database.</summary>
    public long CutUntil { get; set; }

    /// <summary>Until when it does not reach another.</summary>
    public Dictionary<Machine, long> LinksCutUntil { get; } = [];

    public SimProcess? Process { get; set; }

    public int Starts { get; set; }

    public override string ToString() => name;
}
