namespace AuthzCluster.Domain.Policies.TimeRanges;

/// <summary>Hours that come back every week, on a clock on a wall. Instants of the week are ticks since Monday 00:00. Immutable.</summary>
internal sealed class WeeklyHours
{
    /// <summary>Ticks of a week.</summary>
    public const long Week = 7 * TimeSpan.TicksPerDay;

    // Where it opens or closes, in order; what it is before the first is what it is at the end of the week.
    private readonly long[] _turns;
    private readonly bool _isOpenAtEnd;

    private WeeklyHours(long[] turns, bool isOpenAtEnd)
    {
        _turns = turns;
        _isOpenAtEnd = isOpenAtEnd;
    }

    /// <summary>Whether it never closes.</summary>
    public bool IsAlways => _turns.Length == 0;

    /// <summary>The same hours on several days; an end before the start is on the day after. The instant of the end is within.</summary>
    /// <param name="days">0 to 6, from Monday; at least one.</param>
    /// <param name="starts">Ticks of the day.</param>
    /// <param name="ends">Ticks of the day; not the start.</param>
    public static WeeklyHours Of(IEnumerable<int> days, long starts, long ends)
    {
        var length = (ends > starts ? ends : ends + TimeSpan.TicksPerDay) - starts + TimeSpan.TicksPerMicrosecond;
        var spans = days.Select(day => (day * TimeSpan.TicksPerDay) + starts).Order().Select(from => (From: from, To: from + length)).ToList();
        // What the last day's hours reach into the next week, they have reached into this one.
        spans.InsertRange(0, spans.Where(span => span.To > Week).Select(span => (From: 0L, To: span.To - Week)).ToList());
        var merged = new List<(long From, long To)>();
        foreach (var span in spans)
        {
            if (merged.Count > 0 && span.From <= merged[^1].To)
            {
                merged[^1] = (merged[^1].From, Math.Max(merged[^1].To, span.To));
                continue;
            }
            merged.Add(span);
        }
        var isOpenAtEnd = merged[^1].To >= Week;
        var turns = merged.SelectMany(span => new[] { span.From, span.To }).Where(turn => turn is > 0 and < Week).ToList();
        if ((merged[0].From == 0) != isOpenAtEnd)
        {
            turns.Insert(0, 0);
        }
        return new WeeklyHours([.. turns], isOpenAtEnd);
    }

    /// <summary>Whether it is open at an instant of the week.</summary>
    public bool Contains(long ofWeek)
    {
        var passed = 0;
        while (passed < _turns.Length && _turns[passed] <= ofWeek)
        {
            passed++;
        }
        return _isOpenAtEnd ^ ((passed & 1) == 1);
    }

    /// <summary>The ticks from an instant of the week until it next opens or closes; it does at some time.</summary>
    public long UntilTurn(long ofWeek)
    {
        foreach (var turn in _turns)
        {
            if (turn > ofWeek)
            {
                return turn - ofWeek;
            }
        }
        return _turns[0] + Week - ofWeek;
    }
}
