using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Policies;

namespace AuthzCluster.Specification.Oracles;

/// <summary>The oracle's <c>time_range</c>, by the local date and the time of day.</summary>
public static class OracleTimes
{
    /// <summary>Whether the zone's clock is within one of the ranges that start today or started yesterday.</summary>
    public static bool Holds(AttributeBag given, DateTimeOffset now)
    {
        var (starts, length, days, zone) = Read(given);
        // A week off it shows the same, and that is within the years there are.
        var local = now.UtcDateTime.AddDays(now.Year > 1 ? -7 : 7) + zone.GetUtcOffset(now);
        var sinceMidnight = local.TimeOfDay;
        var today = ((int)local.DayOfWeek + 6) % 7;
        return (days.Contains(today) && sinceMidnight >= starts && sinceMidnight <= starts + length)
            || (days.Contains((today + 6) % 7) && sinceMidnight + TimeSpan.FromDays(1) <= starts + length);
    }

    /// <summary>The params of every one in conditions, and in those within them.</summary>
    public static IEnumerable<AttributeBag> In(IEnumerable<Condition> conditions) => conditions.SelectMany(condition => Within(condition.Type, condition.Params));

    /// <summary>All instants between two at which one may turn, and others: its local times by each offset of the zone, and each change of that.</summary>
    public static IEnumerable<DateTimeOffset> Turns(AttributeBag given, DateTimeOffset from, DateTimeOffset until)
    {
        var (starts, length, days, zone) = Read(given);
        if (days.Count == 7 && length == TimeSpan.FromDays(1))
        {
            return [];
        }
        // The last days of all are looked at in vain.
        var first = new DateTimeOffset(from.UtcDateTime.Date, TimeSpan.Zero);
        var span = TimeSpan.FromDays(Math.Min((until - first).TotalDays + 3, (DateTimeOffset.MaxValue - first).TotalDays - 2));
        var dates = Enumerable.Range(-2, 2 + Math.Max(0, (int)span.TotalDays)).Where(day => first - DateTimeOffset.MinValue > TimeSpan.FromDays(3)).Select(day => first.AddDays(day));
        var hours = Enumerable.Range(0, 24 * Math.Max(0, (int)span.TotalDays)).Select(hour => first.AddHours(hour)).ToList();
        var offsets = hours.Select(zone.GetUtcOffset).Distinct().ToList();
        var shifts = hours.Where(hour => zone.GetUtcOffset(hour) != zone.GetUtcOffset(hour.AddHours(1)))
            .SelectMany(hour => Enumerable.Range(0, 61).Select(minute => hour.AddMinutes(minute)));
        return dates.SelectMany(date => new[] { date + starts, (date + starts + length).AddMicroseconds(1) })
            .SelectMany(local => offsets.Select(offset => local - offset)).Concat(shifts).Where(turn => turn > from && turn <= until);
    }

    private static IEnumerable<AttributeBag> Within(string type, AttributeBag given)
    {
        var inner = given.TryGet("conditions", out var many) && type is "all" or "any" ? many.AsList : given.TryGet("condition", out var one) && type == "not" ? [one] : [];
        return type == "time_range" ? [given] : inner.SelectMany(value =>
            Within(value.AsObject.TryGet("type", out var kind) ? kind.AsString : "", value.AsObject.TryGet("params", out var its) ? its.AsObject : AttributeBag.Empty));
    }

    private static (TimeSpan Starts, TimeSpan Length, HashSet<int> Days, TimeZoneInfo Zone) Read(AttributeBag given)
    {
        var starts = Time("start_time", "00:00");
        var ends = Time("end_time", "24:00");
        var days = given.TryGet("days", out var list) ? list.AsList.Select(day => int.Parse(day.NumberText)) : Enumerable.Range(0, 5);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(given.TryGet("timezone", out var id) ? id.AsString : "UTC");
        return (starts, (ends < starts ? ends + TimeSpan.FromDays(1) : ends) - starts, [.. days], zone);

        TimeSpan Time(string name, string otherwise)
        {
            var parts = (given.TryGet(name, out var text) ? text.AsString : otherwise).Split(':').Select(int.Parse).ToList();
            return new TimeSpan(parts[0], parts[1], parts.Count > 2 ? parts[2] : 0);
        }
    }
}
