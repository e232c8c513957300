using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Testing.Cases;

namespace AuthzCluster.Specification.Generation;

/// <summary>The few names and values that worlds are made of: few, so that they meet.</summary>
internal static class Alphabet
{
    public static readonly DateTimeOffset Now = AuthzCase.DefaultNow;

    public static readonly string[] Teams = ["red", "RED", "b|l:u/e"];

    public static readonly SubjectId[] Subjects =
    [
        SubjectId.User("alice"), SubjectId.User("Alice"), new("service", "alice"), SubjectId.User("42"), SubjectId.User("b:o/b%2F"), SubjectId.User("zoë"),
    ];

    private static readonly string[] Resources = ["invoices", "projects", "authz.roles", "authz.teams.members"];
    private static readonly string[] Patterns = ["*", "authz.*", "authz.teams.*"];
    private static readonly string[] Actions = ["read", "update", "list"];
    private static readonly PermissionScope[] Narrow = [PermissionScope.Own, PermissionScope.Own, PermissionScope.Team, PermissionScope.Customer];

    // Berlin, New York, Lord Howe, Santiago; forward and back.
    private static readonly DateTimeOffset[] Shifts =
    [
        Utc(3, 28, 1), Utc(10, 31, 1), Utc(3, 14, 7), Utc(11, 7, 6), Utc(10, 2, 15), Utc(4, 3, 15), Utc(9, 5, 4), Utc(4, 4, 3),
    ];

    // Each attribute's usual values; now and then it has one of the odd ones.
    private static readonly Dictionary<string, AttributeValue[]> Usual = new()
    {
        ["region"] = [Text("eu"), Text("us"), Text("eu-west")],
        ["channel"] = [Text("office"), Text("home")],
        ["level"] = [Number(1), Number(2), Number(2.5m), Number(3)],
        ["unit"] = [Number(1), Text("1"), AttributeValue.Of(true)],
        ["tags"] = [AttributeValue.Of(Text("eu"), Number(1)), AttributeValue.Of(Text("office")), AttributeValue.Of()],
        ["address"] = [AttributeValue.Of(AttributeBag.Of(("city", Text("eu")))), AttributeValue.Of(AttributeBag.Of(("city", Number(2))))],
        ["customer_id"] = [Text("c1"), Text("c2")],
        ["team_id"] = [.. Teams.Select(Text)],
        ["ip_address"] =
        [
            Text("10.1.2.3"), Text("10.1.2.1"), Text("::ffff:10.1.2.3"), Text("::FFFF:0a01:0203"), Text("2001:db8::1"), Text("2001:db8:0:1::"), Text("192.168.1.1"), Text("::"),
            Text("010.1.2.3"), Text("10.1"), Text("fe80::1%eth0"), Text("[::1]"), Text("10.1.2.3:80"), Text(" 10.1.2.3"), Text("10.1.2.3/32"),
        ],
        ["owner_id"] = [.. Subjects.Select(subject => Text(subject.Id))],
    };

    private static readonly AttributeValue[] Odd =
    [
        AttributeValue.Null, AttributeValue.Of(true), AttributeValue.Of(false), Number(0), Number(42), Number(-1.50m), Text(""), Text("true"), Text("1"), Text("EU"),
        AttributeValue.Of(), AttributeValue.Of(Text("eu")), AttributeValue.Of(AttributeBag.Empty), AttributeValue.Of(1e30),
    ];

    public static readonly IReadOnlyList<string> Names = [.. Usual.Keys];

    private static DateTimeOffset Utc(int month, int day, int hour) => new(Now.Year, month, day, hour, 0, 0, TimeSpan.Zero);

    public static AttributeValue Text(string text) => AttributeValue.Of(text);

    public static AttributeValue Number(decimal number) => AttributeValue.Of(number);

    public static AttributeValue Value(Dice dice, string name) => dice.Of(dice.Chance(10) ? Odd : Usual[name]);

    public static AttributeBag Bag(Dice dice, int percent, params string[] names) => AttributeBag.Of(
        names.Where(_ => dice.Chance(percent)).Select(name => KeyValuePair.Create(name, Value(dice, name))).ToList());

    public static Permission Granted(Dice dice)
    {
        var resource = dice.Chance(15) ? dice.Of(Patterns) : dice.Of(Resources);
        var action = dice.Chance(20) ? "*" : dice.Of(Actions);
        return new Permission(resource, action, dice.Chance(60) ? dice.Of(Narrow) : PermissionScope.Any);
    }

    public static Permission Asked(Dice dice, out bool isExplicit)
    {
        isExplicit = dice.Chance(15);
        var scope = isExplicit && dice.Chance(85) ? dice.Of(Narrow) : PermissionScope.Any;
        return dice.Chance(4)
            ? Granted(dice) with { Scope = scope }
            : new Permission(dice.Of(Resources), dice.Of(Actions), scope);
    }

    /// <summary>An instant around one at which clocks are put forward or back, somewhere.</summary>
    public static DateTimeOffset Shift(Dice dice) => dice.Of(Shifts).AddMinutes((dice.Below(9) - 4) * 30).AddMicroseconds(dice.Chance(20) ? dice.Below(3) - 1 : 0);

    /// <summary>An instant on a coarse grid around now, so that boundaries coincide with each other and with questions.</summary>
    public static DateTimeOffset Instant(Dice dice) => Now.AddHours(dice.Below(7) - 3).AddMicroseconds(dice.Chance(20) ? dice.Below(3) - 1 : 0);
}
