using AuthzCluster.Domain.Decisions;

namespace AuthzCluster.Hosting.Decisions;

/// <summary>Whether and where decisions are logged.</summary>
public sealed record DecisionLogOptions
{
    /// <summary>The word that stands for the standard output.</summary>
    public const string StandardOutput = "stdout";

    /// <summary>The file that lines are added to, or <see cref="StandardOutput"/>. Null, the default: none are logged, whatever tenants say.</summary>
    public string? Target { get; init; }

    /// <summary>Which are logged of tenants that do not say. Default: none.</summary>
    public DecisionLogLevel Level { get; init; } = DecisionLogLevel.Off;

    /// <summary>Of how many one is logged where they are sampled; 1 to 1,000,000. Default: 100.</summary>
    public int OneOf { get; init; } = 100;

    /// <summary>How many may wait to be written; those beyond are dropped. 1 to 1,000,000. Default: 10,000.</summary>
    public int Buffer { get; init; } = 10_000;

    /// <summary>Refuses what cannot work.</summary>
    /// <returns>The same.</returns>
    /// <exception cref="StartRefusedException">The file cannot be written; the message names the option.</exception>
    public DecisionLogOptions Checked()
    {
        if (Target is null or StandardOutput)
        {
            return this;
        }
        try
        {
            using var file = DecisionFile.Open(Target);
            return this;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new StartRefusedException($"--decision-log: `{Target}` cannot be written: {e.Message}", e);
        }
    }
}
