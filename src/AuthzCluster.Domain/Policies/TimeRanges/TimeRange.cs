using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Errors;

namespace AuthzCluster.Domain.Policies.TimeRanges;

/// <summary>
/// The kind <c>time_range</c>: hours of days of the week, as the zone's clock shows them at the instant asked about. What that clock leaves out, or shows
/// twice, when it is put forward or back, the range leaves out or has twice.
/// </summary>
internal static class TimeRange
{
    private const string Start = "start_time", End = "end_time", Days = "days", Zone = "timezone";

    private static readonly int[] Workdays = [0, 1, 2, 3, 4];

    /// <summary>Adds what is wrong with the params of one.</summary>
    public static void Validate(AttributeBag parameters, string path, List<FieldError> errors)
    {
        ConditionRules.RefuseOthers(parameters, [Start, End, Days, Zone], path, errors);
        Read(parameters, path, errors);
    }

    /// <summary>Compiles one; malformed where it breaks the rules, or where this machine does not know its zone.</summary>
    public static CompiledCondition Compile(AttributeBag parameters)
    {
        var errors = new List<FieldError>();
        var (hours, clock) = Read(parameters, "", errors);
        return errors.Count > 0 ? CompiledCondition.Malformed
            : hours.IsAlways ? new((_, _) => Truth.True)
            : new((_, now) => hours.Contains(clock.OfWeek(now)) ? Truth.True : Truth.False, now => ChangesAfter(hours, clock, now));
    }

    // Exact: the next turn on the clock, unless the clock is put forward or back before.
    private static long ChangesAfter(WeeklyHours hours, LocalClock clock, long now)
    {
        var isOpen = hours.Contains(clock.OfWeek(now));
        for (var at = now; ;)
        {
            var turn = at + hours.UntilTurn(clock.OfWeek(at));
            if (clock.NextShift(at, Math.Min(turn, LocalClock.Last)) is not { } shift)
            {
                return turn > LocalClock.Last ? CompiledCondition.Never : turn;
            }
            if (hours.Contains(clock.OfWeek(shift)) != isOpen)
            {
                return shift;
            }
            at = shift;
        }
    }

    private static (WeeklyHours Hours, LocalClock Clock) Read(AttributeBag parameters, string path, List<FieldError> errors)
    {
        var starts = ReadTime(parameters, Start, 0, TimeSpan.TicksPerDay - 1, path, errors);
        var ends = ReadTime(parameters, End, TimeSpan.TicksPerDay, TimeSpan.TicksPerDay, path, errors);
        if (starts == ends)
        {
            errors.Add(new($"{path}.{End}", "must not be the start_time; a whole day is 00:00 to 24:00"));
        }
        var days = ReadDays(parameters, path, errors);
        var clock = LocalClock.Find(!parameters.TryGet(Zone, out var zone) ? "UTC" : zone.Kind == AttributeKind.String ? zone.AsString : "");
        if (clock is null)
        {
            errors.Add(new($"{path}.{Zone}", "must be an IANA time zone that this server knows, such as Europe/Berlin"));
        }
        return errors.Count > 0 ? default : (WeeklyHours.Of(days, starts, ends), clock!);
    }

    private static long ReadTime(AttributeBag parameters, string name, long otherwise, long latest, string path, List<FieldError> errors)
    {
        if (!parameters.TryGet(name, out var value))
        {
            return otherwise;
        }
        var ticks = value.Kind == AttributeKind.String ? TimeOfDay(value.AsString) : -1;
        if (ticks < 0 || ticks > latest)
        {
            errors.Add(new($"{path}.{name}", $"must be a time of day, HH:MM or HH:MM:SS, from 00:00 to {(name == Start ? "23:59:59" : "24:00")}"));
            return otherwise;
        }
        return ticks;
    }

    private static IEnumerable<int> ReadDays(AttributeBag parameters, string path, List<FieldError> errors)
    {
        if (!parameters.TryGet(Days, out var list))
        {
            return Workdays;
        }
        if (list.Kind != AttributeKind.List || list.AsList.Count is 0 or > 7)
        {
            errors.Add(new($"{path}.{Days}", "must be a list of 1 to 7 days, from 0 (Monday) to 6 (Sunday)"));
            return Workdays;
        }
        var days = new HashSet<int>();
        for (var i = 0; i < list.AsList.Count; i++)
        {
            var day = Enumerable.Range(0, 7).FirstOrDefault(day => list.AsList[i] == AttributeValue.Of((decimal)day), -1);
            if (day < 0 || !days.Add(day))
            {
                errors.Add(new($"{path}.{Days}[{i}]", day < 0 ? "must be a number from 0 (Monday) to 6 (Sunday)" : "is named twice"));
            }
        }
        return days;
    }

    // HH:MM or HH:MM:SS in ticks, 24:00 the latest; -1: it is none.
    private static long TimeOfDay(string text)
    {
        if (text.Length is not (5 or 8) || text[2] != ':' || (text.Length == 8 && text[5] != ':'))
        {
            return -1;
        }
        var (hour, minute, second) = (TwoDigits(text, 0), TwoDigits(text, 3), text.Length == 8 ? TwoDigits(text, 6) : 0);
        var isTime = hour is >= 0 and <= 24 && minute is >= 0 and < 60 && second is >= 0 and < 60 && (hour < 24 || (minute == 0 && second == 0));
        return isTime ? (hour * TimeSpan.TicksPerHour) + (minute * TimeSpan.TicksPerMinute) + (second * TimeSpan.TicksPerSecond) : -1;
    }

    private static int TwoDigits(string text, int at) =>
        char.IsAsciiDigit(text[at]) && char.IsAsciiDigit(text[at + 1]) ? ((text[at] - '0') * 10) + text[at + 1] - '0' : -1;
}
