namespace AuthzCluster.Domain.Tenancy;

/// <summary>Times are kept in UTC and cut to microseconds: what is stored, compared and returned is the same.</summary>
public static class Instants
{
    /// <summary>In UTC, without what is below a microsecond.</summary>
    public static DateTimeOffset Cut(DateTimeOffset time) =>
        new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);

    /// <summary>The same; null stays null.</summary>
    public static DateTimeOffset? Cut(DateTimeOffset? time) => time is { } some ? Cut(some) : null;
}
