using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Api.Credentials;

/// <summary>Whose JWT bearer tokens are taken, and what they must say.</summary>
public sealed record JwtOptions
{
    /// <summary>What there is to choose from: signatures with public keys only, so that no public key can pass for a shared secret.</summary>
    public static readonly IReadOnlyList<string> KnownAlgorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

    /// <summary>The largest <see cref="ClockSkew"/>.</summary>
    public static readonly TimeSpan LongestClockSkew = TimeSpan.FromSeconds(60);

    /// <summary>What <c>iss</c> must be, to the letter. Required.</summary>
    public string Issuer { get; init; } = "";

    /// <summary>One of these must be in <c>aud</c>. At least one is required.</summary>
    public IReadOnlyList<string> Audiences { get; init; } = [];

    /// <summary>Where the issuer's metadata is, from which its keys are read; see <see cref="MetadataAddress"/>. Either this or <see cref="Keys"/>.</summary>
    public Uri? Metadata { get; init; }

    /// <summary>The issuer's keys, for one that has no metadata. Either this or <see cref="Metadata"/>.</summary>
    public IssuerKeys? Keys { get; init; }

    /// <summary>The signatures that are taken; some of <see cref="KnownAlgorithms"/>. Default: all of them.</summary>
    public IReadOnlyList<string> Algorithms { get; init; } = KnownAlgorithms;

    /// <summary>By how much the issuer's clock may differ from ours; at most, and by default, <see cref="LongestClockSkew"/>.</summary>
    public TimeSpan ClockSkew { get; init; } = LongestClockSkew;

    /// <summary>The claim that has the subject's id. Default: <c>sub</c>.</summary>
    public string SubjectClaim { get; init; } = "sub";

    /// <summary>The type of every subject. Default: <c>user</c>.</summary>
    public string SubjectType { get; init; } = SubjectId.UserType;

    /// <summary>The claim that has the tenants where a token is valid, one text or several; null: <see cref="Tenants"/> has them.</summary>
    public string? TenantClaim { get; init; }

    /// <summary>Where every token is valid; null: in the tenant <c>default</c>. Only without a <see cref="TenantClaim"/>.</summary>
    public IReadOnlyList<TenantId>? Tenants { get; init; }
}
