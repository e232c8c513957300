using AuthzCluster.Api.Credentials;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Hosting;

namespace AuthzCluster.Api.Serving;

/// <summary>What the options of JWT must be together. Any of them turns JWT on, so that none is silently without effect.</summary>
public static class JwtRules
{
    // Tokens must not name what is no subject, nor who is made here: `service` is the type of API keys.
    private static readonly string[] ReservedTypes = [SubjectId.TeamType, "system", "service"];

    /// <summary>Checks them; null: JWT is off.</summary>
    /// <exception cref="StartRefusedException">They do not go together.</exception>
    public static void Check(JwtOptions? options)
    {
        if (options is not null && Fault(options) is { } fault)
        {
            throw new StartRefusedException(fault);
        }
    }

    /// <summary>Whether tokens may name subjects of this type.</summary>
    public static bool IsSubjectType(string type) => !ReservedTypes.Contains(type);

    private static string? Fault(JwtOptions options) =>
        string.IsNullOrWhiteSpace(options.Issuer) ? "--jwt-issuer is needed to take JWT bearer tokens"
        : options.Audiences.Count == 0 || options.Audiences.Any(string.IsNullOrWhiteSpace) ? "--jwt-audience is needed to take JWT bearer tokens: without it, tokens made for others would count here"
        : options.Metadata is null == options.Keys is null ? "--jwt-metadata or --jwt-keys is needed to take JWT bearer tokens, and only one of them"
        : options.TenantClaim is not null && options.Tenants is not null ? "--jwt-tenants is for tokens without a tenant claim: only one of it and --jwt-tenant-claim"
        : options.ClockSkew < TimeSpan.Zero || options.ClockSkew > JwtOptions.LongestClockSkew ? "--jwt-clock-skew must be 60 seconds at most"
        : options.Algorithms.Count == 0 || options.Algorithms.Except(JwtOptions.KnownAlgorithms).Any() ? "--jwt-algorithms must be some of those that --help tells"
        : !IsSubjectType(options.SubjectType) ? "--jwt-subject-type must be no reserved type"
        : null;
}
