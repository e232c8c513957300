using AuthzCluster.Domain.Decisions;
using AuthzCluster.Hosting.Configuration;

namespace AuthzCluster.Hosting.Decisions;

/// <summary>What can be set of the decision log.</summary>
public static class DecisionLogOptionTable
{
    private const int Most = 1_000_000;

    /// <summary>In the order of the help.</summary>
    public static IReadOnlyList<Option<DecisionLogOptions>> All { get; } =
    [
        new("--decision-log", "DecisionLog", "file that decisions are added to as lines of JSON, or stdout (default: none are logged)", (log, text) =>
            log with { Target = OptionText.NotBlank(text, "must name a file, or be `stdout`") }),
        new("--decision-log-level", "DecisionLogLevel", "which are logged of tenants that do not say: off, sampled or all (default off)", (log, text) =>
            log with
            {
                Level = text switch
                {
                    "off" => DecisionLogLevel.Off,
                    "sampled" => DecisionLogLevel.Sampled,
                    "all" => DecisionLogLevel.All,
                    _ => throw new FormatException("must be `off`, `sampled` or `all`"),
                },
            }),
        new("--decision-log-one-of", "DecisionLogOneOf", "of how many decisions one is logged where they are sampled (default 100)", (log, text) =>
            log with { OneOf = OptionText.Number(text, 1, Most) }),
        new("--decision-log-buffer", "DecisionLogBuffer", "how many decisions may wait to be written; those beyond are dropped, and counted (default 10000)", (log, text) =>
            log with { Buffer = OptionText.Number(text, 1, Most) }),
    ];
}
