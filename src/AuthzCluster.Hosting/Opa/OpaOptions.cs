using AuthzCluster.Domain.Policies.Outside;

namespace AuthzCluster.Hosting.Opa;

/// <summary>Which Open Policy Agent servers may be asked, and how. Nobody but the operator says so: a tenant's policies choose among these.</summary>
public sealed record OpaOptions
{
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromSeconds(10), LongestKeep = TimeSpan.FromSeconds(5), LongestPause = TimeSpan.FromMinutes(1);

    /// <summary>The addresses that may be asked; the first is asked where a policy and its tenant name none. Default: none, and nobody is asked.</summary>
    public IReadOnlyList<string> Urls { get; init; } = [];

    /// <summary>The file of the bearer token, sent to all of them; null: none is sent.</summary>
    public string? TokenFile { get; init; }

    /// <summary>The PEM file of the authorities of their certificates; null: those that the machine trusts.</summary>
    public string? Authority { get; init; }

    /// <summary>How long a question may take, 10 ms to 10 s; half of that, at most, it waits for its turn. Default: 1 second.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How many questions may be under way at one address, 1 to 1,000; of one tenant a quarter of them, one at least. 64 times as many wait, of one tenant 16 times.
    /// Default: 64.
    /// </summary>
    public int MostAtOnce { get; init; } = 64;

    /// <summary>How long an answer counts, from when it was asked for; 0 to 5 s. Default: 5 seconds.</summary>
    public TimeSpan Keep { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How many answers are kept; the latest stay. Default: 10,000.</summary>
    public int MostKept { get; init; } = 10_000;

    /// <summary>After how many failures in a row a tenant's questions to an address are not sent any more; 1 to 1,000. Default: 5.</summary>
    public int Failures { get; init; } = 5;

    /// <summary>For how long they are not sent; then one is, and if it is answered all are. 10 ms to 1 minute. Default: 2 seconds.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The longest answer that is read, in bytes. Default: 64 KiB.</summary>
    public int LongestAnswer { get; init; } = 64 * 1024;

    /// <summary>Refuses what cannot work; the message names the option. Reads the files to see whether they can be read.</summary>
    /// <returns>The same.</returns>
    /// <exception cref="StartRefusedException">One is wrong.</exception>
    public OpaOptions Checked()
    {
        foreach (var url in Urls)
        {
            if (OutsideAddress.UrlProblem(url) is { } problem)
            {
                throw new StartRefusedException($"--opa-url: `{url}` {problem}");
            }
        }
        InBounds("--opa-timeout", Timeout, TimeSpan.FromMilliseconds(10), LongestTimeout);
        InBounds("--opa-keep", Keep, TimeSpan.Zero, LongestKeep);
        InBounds("--opa-pause", Pause, TimeSpan.FromMilliseconds(10), LongestPause);
        InBounds("--opa-connections", MostAtOnce);
        InBounds("--opa-failures", Failures);
        var hasServers = Urls.Count > 0;
        if (!hasServers && (TokenFile is not null || Authority is not null))
        {
            throw new StartRefusedException($"{(TokenFile is not null ? "--opa-token-file" : "--opa-ca")} is nothing without --opa-url");
        }
        if (TokenFile is not null && Urls.FirstOrDefault(url => new Uri(url) is { IsLoopback: false, Scheme: "http" }) is { } open)
        {
            throw new StartRefusedException($"--opa-token-file: the token would be sent unencrypted to `{open}`; use https");
        }
        OpaSecrets.Read(this);
        return this;
    }

    private static void InBounds(string flag, TimeSpan value, TimeSpan least, TimeSpan most)
    {
        if (value < least || value > most)
        {
            throw new StartRefusedException($"{flag} must be from {least.TotalSeconds} s to {most.TotalSeconds} s, not {value}");
        }
    }

    private static void InBounds(string flag, int value)
    {
        if (value is < 1 or > 1000)
        {
            throw new StartRefusedException($"{flag} must be from 1 to 1000, not {value}");
        }
    }
}
