using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Policies;

namespace AuthzCluster.Specification.Generation;

/// <summary>Conditions of when and from where.</summary>
internal static class CircumstanceGenerator
{
    private static readonly string[] Zones = ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia", "America/Santiago"];
    private static readonly string[] Ranges =
    [
        "10.0.0.0/8", "10.1.2.3", "::ffff:10.1.0.0/112", "10.1.2.0/31", "0.0.0.0/0", "::/0", "2001:db8::/32", "2001:db8::1", "2001:DB8:0:0::/64", "192.168.0.0/16", "::ffff:192.168.1.1",
    ];

    public static Condition One(Dice dice) => dice.Chance(50) ? Time(dice) : new Condition("ip_range", AttributeBag.Of(
        ("ranges", AttributeValue.Of([.. dice.Some(1, 3, () => Alphabet.Text(dice.Of(Ranges)))]))));

    private static Condition Time(Dice dice)
    {
        var (starts, ends) = (Clock(dice), Clock(dice));
        var given = AttributeBag.Of(
        [
            .. dice.Chance(80) ? [KeyValuePair.Create("start_time", Alphabet.Text(starts))] : Array.Empty<KeyValuePair<string, AttributeValue>>(),
            .. dice.Chance(80) && ends != starts && ends != "00:00" ? [KeyValuePair.Create("end_time", Alphabet.Text(ends))] : Array.Empty<KeyValuePair<string, AttributeValue>>(),
            .. dice.Chance(60) ? [KeyValuePair.Create("days", Days(dice))] : Array.Empty<KeyValuePair<string, AttributeValue>>(),
            .. dice.Chance(70) ? [KeyValuePair.Create("timezone", Alphabet.Text(dice.Of(Zones)))] : Array.Empty<KeyValuePair<string, AttributeValue>>(),
        ]);
        return new Condition("time_range", given);
    }

    // Around midnight and when clocks are put forward, where questions are asked; now and then any time.
    private static string Clock(Dice dice) => dice.Chance(70)
        ? $"{dice.Of(["22", "23", "00", "01", "02", "03"])}:{dice.Of(["00", "00", "30"])}"
        : $"{dice.Below(24):00}:{dice.Below(60):00}:{dice.Below(60):00}";

    private static AttributeValue Days(Dice dice) => dice.Chance(20)
        ? AttributeValue.Of([.. Enumerable.Range(0, 7).Select(day => Alphabet.Number(day))])
        : AttributeValue.Of([.. dice.Some(1, 4, () => dice.Below(7)).Distinct().Select(day => Alphabet.Number(day))]);
}
