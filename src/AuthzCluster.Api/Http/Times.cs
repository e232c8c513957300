using System.Globalization;
using AuthzCluster.Domain.Attributes;

namespace AuthzCluster.Api.Http;

/// <summary>Instants as callers write and read them: RFC 3339, kept and written in UTC, cut to microseconds.</summary>
internal static class Times
{
    /// <summary>What is said of a text that is no instant.</summary>
    public const string Rule = "must be an RFC 3339 time such as 2026-07-01T08:00:00Z";

    public static bool TryParse(ReadOnlySpan<char> text, out DateTimeOffset instant) => InstantText.TryParse(text, out instant);

    public static string Format(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);

    public static DateTimeOffset Cut(DateTimeOffset instant) => new(instant.UtcTicks - (instant.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
}
