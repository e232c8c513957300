using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Policies.TimeRanges;
using AuthzCluster.Domain.Tests.Decisions;
using AuthzCluster.Specification.Oracles;
using FsCheck;
using FsCheck.Fluent;
using static AuthzCluster.Domain.Attributes.AttributeValue;

namespace AuthzCluster.Domain.Tests.Policies;

public class TimeRangeTests
{
    private static readonly string[] Zones =
    [
        "UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Kathmandu", "America/Santiago", "Africa/Cairo", "Africa/Casablanca", "Asia/Gaza",
        "Europe/Dublin", "Pacific/Kiritimati", "Asia/Tehran", "Africa/Freetown", "Europe/London", "Antarctica/Troll",
    ];

    private static readonly Gen<AttributeBag> Good =
        from starts in Gen.Choose(0, 86399)
        from ends in Gen.OneOf(Gen.Constant(86400), Gen.Choose(0, 86399)).Where(ends => ends != starts)
        from days in Gen.SubListOf(Enumerable.Range(0, 7)).Where(days => days.Count > 0)
        from zone in Gen.Elements(Zones)
        select Range(Clock(starts), Clock(ends), zone, [.. days]);

    // Any instant; and those of the years that zones' clocks were put forward and back in.
    private static readonly Gen<long> Instants = Gen.OneOf(
        Gen.Elements(0, 1, DateTime.MaxValue.Ticks / 10, (DateTime.MaxValue.Ticks / 10) - 1),
        Gen.Choose(1, 9998).SelectMany(year => Gen.Choose(0, 525_000).Select(minute => new DateTime(year, 1, 1).AddMinutes(minute).Ticks / 10)),
        Gen.Choose(1935, 2045).SelectMany(year => Gen.Choose(0, 525_000).Select(minute => new DateTime(year, 1, 1).AddMinutes(minute).Ticks / 10))).Select(micros => micros * 10);

    [Theory]
    [InlineData("start_time", "24:00")]
    [InlineData("start_time", "8:00")]
    [InlineData("start_time", "08:60")]
    [InlineData("start_time", "08.00")]
    [InlineData("start_time", "-8:00")]
    [InlineData("start_time", "08:00:00.5")]
    [InlineData("start_time", "08:00:60")]
    [InlineData("start_time", "08:00Z")]
    [InlineData("start_time", "٠٨:00")]
    [InlineData("end_time", "24:00:01")]
    [InlineData("end_time", "25:00")]
    [InlineData("end_time", "")]
    [InlineData("end_time", "00:00")]
    [InlineData("timezone", "")]
    [InlineData("timezone", "Mars/Olympus")]
    [InlineData("timezone", "europe/berlin")]
    [InlineData("timezone", "utc")]
    [InlineData("timezone", "W. Europe Standard Time")]
    [InlineData("timezone", "Eastern Standard Time")]
    [InlineData("timezone", "+02:00")]
    [InlineData("timezone", "localtime")]
    [InlineData("timezone", "right/Europe/Berlin")]
    [InlineData("timezone", "../zoneinfo/Europe/Berlin")]
    [InlineData("timezone", "/usr/share/zoneinfo/UTC")]
    [InlineData("timezone", "Europe/")]
    [InlineData("timezone", "Europe")]
    [InlineData("timezone", "Europe/Berlin\0")]
    [InlineData("typo", "x")]
    public void Validate_BadText_IsNamedWithItsPlace(string name, string value)
    {
        // Zones that were asked for before make no other text one.
        Assert.Empty(Errors(("timezone", Of("Europe/Berlin"))));
        Assert.Equal($"conditions[1].params.{name}", Assert.Single(Errors((name, Of(value)))).Field);
        Assert.Equal(name == "typo" ? Truth.True : Truth.Error, Compile(AttributeBag.Of((name, Of(value)))).Evaluate(Tenant.Ask("a:read"), 0));
    }

    [Fact]
    public void Validate_BadDays_AreNamedWithTheirPlace()
    {
        Assert.Equal("conditions[1].params.days", Assert.Single(Errors(("days", Of()))).Field);
        Assert.Equal("conditions[1].params.days", Assert.Single(Errors(("days", Of(1m)))).Field);
        Assert.Equal("conditions[1].params.days", Assert.Single(Errors(("days", Of([.. Enumerable.Repeat(Of(1m), 8)])))).Field);
        Assert.Equal("conditions[1].params.days[1]", Assert.Single(Errors(("days", Of(Of(0m), Of(7m))))).Field);
        Assert.Equal("conditions[1].params.days[1]", Assert.Single(Errors(("days", Of(Of(0m), Of(1.5m))))).Field);
        Assert.Equal("conditions[1].params.days[0]", Assert.Single(Errors(("days", Of(Of("0"), Of(1m))))).Field);
        Assert.Equal("conditions[1].params.days[2]", Assert.Single(Errors(("days", Of(Of(0m), Of(1m), Of(0.0m))))).Field);
        Assert.Equal("conditions[1].params.start_time", Assert.Single(Errors(("start_time", Of(8m)))).Field);
        Assert.Equal("conditions[1].params.timezone", Assert.Single(Errors(("timezone", Null))).Field);
    }

    [Fact]
    public void Validate_NoParamsAtAll_AreGood() => Assert.Empty(Errors());

    [Fact]
    public void Compile_EveryHourOfTheWeek_DependsOnNoTime()
    {
        Assert.False(Compile(Range("00:00", "24:00", "Europe/Berlin", 0, 1, 2, 3, 4, 5, 6)).DependsOnTime);
        Assert.True(Compile(Range("12:00:01", "12:00", "Europe/Berlin", 0, 1, 2, 3, 4, 5, 6)).DependsOnTime);
        Assert.True(Compile(AttributeBag.Empty).DependsOnTime);
    }

    [Fact]
    public void Evaluate_AnyRangeAndInstant_SaysWhatTheOracleDoes() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(20_000), Prop.ForAll(Good.ToArbitrary(), Instants.ToArbitrary(), (range, now) =>
            Compile(range).Evaluate(Tenant.Ask("a:read"), now) == (OracleTimes.Holds(range, new DateTimeOffset(now, TimeSpan.Zero)) ? Truth.True : Truth.False)));

    [Fact]
    public void ChangesAfter_AnyRangeAndInstant_IsTheFirstTurn() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(3_000), Prop.ForAll(Good.ToArbitrary(), Instants.ToArbitrary(), (range, now) =>
        {
            var condition = Compile(range);
            var (isOpen, turn) = (OracleTimes.Holds(range, At(now)), condition.ChangesAfter(now));
            var until = Math.Min(turn, LocalClock.Last);
            // Every minute until then it is as now, and so a microsecond before; then it is not.
            for (var at = now; at < until; at += Math.Max(TimeSpan.TicksPerMinute, (until - now) / 3000))
            {
                Assert.Equal(isOpen, OracleTimes.Holds(range, At(at)));
            }
            Assert.Equal(isOpen, OracleTimes.Holds(range, At(Math.Max(now, until - TimeSpan.TicksPerMicrosecond))));
            return turn > now && (turn == CompiledCondition.Never || OracleTimes.Holds(range, At(turn)) != isOpen || !condition.DependsOnTime);
        }));

    [Fact]
    public void Evaluate_AnyZoneAtEitherEnd_DoesNotThrow()
    {
        var ends = new[] { 0, 10, TimeSpan.TicksPerDay, LocalClock.Last, LocalClock.Last - 10, DateTime.MaxValue.Ticks, LocalClock.Last - TimeSpan.TicksPerDay };
        foreach (var zone in TimeZoneInfo.GetSystemTimeZones().Where(zone => LocalClock.Find(zone.Id) is not null))
        {
            var condition = Compile(Range("22:00", "06:00", zone.Id, 0, 4, 6));
            Assert.All(ends, now => Assert.True(condition.Evaluate(Tenant.Ask("a:read"), now) != Truth.Error && condition.ChangesAfter(now) > now));
        }
    }

    [Fact]
    public void Evaluate_AllocatesNothing()
    {
        var condition = Compile(Range("08:00", "18:00", "Europe/Berlin", 0, 1, 2, 3, 4));
        var (request, now) = (Tenant.Ask("a:read"), Tenant.Now.UtcTicks);
        condition.ChangesAfter(now + (condition.Evaluate(request, now) == Truth.True ? 1 : 0));
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            condition.Evaluate(request, now + (i * TimeSpan.TicksPerHour));
            condition.ChangesAfter(now + (i * TimeSpan.TicksPerHour));
        }
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1000);
    }

    private static DateTimeOffset At(long ticks) => new(ticks, TimeSpan.Zero);

    private static string Clock(int second) => $"{second / 3600:00}:{second / 60 % 60:00}:{second % 60:00}";

    private static AttributeBag Range(string starts, string ends, string zone, params int[] days) => AttributeBag.Of(
        ("start_time", Of(starts)), ("end_time", Of(ends)), ("timezone", Of(zone)), ("days", Of([.. days.Select(day => Of((decimal)day))])));

    private static CompiledCondition Compile(AttributeBag parameters) => ConditionCompiler.Compile(new Condition("time_range", parameters));

    private static List<FieldError> Errors(params (string, AttributeValue)[] parameters)
    {
        var errors = new List<FieldError>();
        ConditionRules.Validate([new Condition("resource_owner", AttributeBag.Empty), new Condition("time_range", AttributeBag.Of(parameters))], "conditions", errors);
        return errors;
    }
}
