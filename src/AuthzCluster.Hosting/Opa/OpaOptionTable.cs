using AuthzCluster.Domain.Policies.Outside;
using AuthzCluster.Hosting.Configuration;

namespace AuthzCluster.Hosting.Opa;

/// <summary>What can be set of Open Policy Agent servers. What the values must be together is <see cref="OpaOptions.Checked"/>'s.</summary>
public static class OpaOptionTable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>In the order of the help.</summary>
    public static IReadOnlyList<Option<OpaOptions>> All { get; } =
    [
        new("--opa-url", "OpaUrl", "Open Policy Agent servers that policies may ask, the first of them where a policy names none (default: none)", (opa, text) =>
            opa with { Urls = [.. OptionText.List(text).Select(Url)] }),
        new("--opa-token-file", "OpaTokenFile", "file of the bearer token that they are sent (default: none)", (opa, text) =>
            opa with { TokenFile = OptionText.NotBlank(text, "must name a file") }),
        new("--opa-ca", "OpaCa", "PEM file of the authorities of their certificates (default: those that this machine trusts)", (opa, text) =>
            opa with { Authority = OptionText.NotBlank(text, "must name a file") }),
        new("--opa-timeout", "OpaTimeout", "how long they may take to answer, waiting for a turn included, hh:mm:ss (default 00:00:01)", (opa, text) =>
            opa with { Timeout = OptionText.Time(text, Second, TimeSpan.FromSeconds(10)) }),
        new("--opa-keep", "OpaKeep", "how long an answer counts, hh:mm:ss, at most five seconds (default 00:00:05)", (opa, text) =>
            opa with { Keep = OptionText.Time(text, TimeSpan.Zero, TimeSpan.FromSeconds(5)) }),
        new("--opa-connections", "OpaConnections", "how many questions may be under way at one server, a quarter of them one tenant's (default 64)", (opa, text) =>
            opa with { MostAtOnce = OptionText.Number(text, 1, 1000) }),
        new("--opa-failures", "OpaFailures", "after how many failures in a row a tenant's questions are not sent any more for a while (default 5)", (opa, text) =>
            opa with { Failures = OptionText.Number(text, 1, 1000) }),
        new("--opa-pause", "OpaPause", "how long that while is, hh:mm:ss (default 00:00:02)", (opa, text) =>
            opa with { Pause = OptionText.Time(text, Second, TimeSpan.FromMinutes(1)) }),
    ];

    private static string Url(string text) => OutsideAddress.UrlProblem(text) is { } problem ? throw new FormatException(problem) : text;
}
