namespace AuthzCluster.Domain.Tenancy;

/// <summary>Times are kept in UTC and cut to microseconds: what is stored, compared and returned is the same.</summary>
internal static class Instants
{
    public static DateTimeOffset Cut(DateTimeOffset time) =>
        new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);

    public static DateTimeOffset? Cut(DateTimeOffset? time) => time is { } some ? Cut(some) : null;
}
