using System.Xml;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;

namespace AuthzCluster.Domain.Tenancy;

/// <summary>What time does to assignments besides ending them, by the tenant's settings.</summary>
/// <param name="RemindBefore">How long before the end of an assignment it is told; null: not at all.</param>
/// <param name="Retention">How long ended assignments stay in the history; null: until there are too many.</param>
public readonly record struct Upkeep(TimeSpan? RemindBefore, TimeSpan? Retention)
{
    /// <summary>The setting of <see cref="RemindBefore"/>: an ISO 8601 duration.</summary>
    public const string RemindSetting = "remind_before";

    /// <summary>The setting of <see cref="Retention"/>: days.</summary>
    public const string RetentionSetting = "retention_days";

    private const int MostDays = 36_500;

    /// <summary>Whether there is anything to do.</summary>
    public bool IsAny => RemindBefore is not null || Retention is not null;

    /// <summary>That of a tenant.</summary>
    public static Upkeep Of(TenantModel model) => model.Settings.Count == 0 ? default : new Upkeep(
        model.Settings.TryGet(RemindSetting, out var before) && before.Kind == AttributeKind.String ? ReadDuration(before.AsString) : null,
        model.Settings.TryGet(RetentionSetting, out var days) ? ReadDays(days) : null);

    /// <summary>What is wrong with a value of <see cref="RemindSetting"/>; null: nothing.</summary>
    public static string? RemindProblem(AttributeValue value) => value.Kind == AttributeKind.String && ReadDuration(value.AsString) is not null
        ? null : "must be an ISO 8601 duration such as P7D or PT12H, without years and months, above zero and of at most 366 days";

    /// <summary>What is wrong with a value of <see cref="RetentionSetting"/>; null: nothing.</summary>
    public static string? RetentionProblem(AttributeValue value) => ReadDays(value) is not null ? null : $"must be a number above 0, and at most {MostDays}";

    /// <summary>When something is to be done of a live assignment; null: never.</summary>
    public DateTimeOffset? DueOf(Assignment live) => live.ExpiresAt is { } end
        ? RemindBefore is { } before && live.RemindedOf != end && end.UtcTicks > before.Ticks ? end - before : end : null;

    /// <summary>When an ended assignment goes; null: not by time.</summary>
    public DateTimeOffset? GoneAt(Assignment ended) => Retention is { } retention && (ended.RevokedAt ?? ended.ExpiresAt) is { } end
        && DateTimeOffset.MaxValue - end > retention ? end + retention : null;

    private static TimeSpan? ReadDuration(string text)
    {
        // Years and months have no length of their own; the T parts months from minutes.
        var time = text.IndexOf('T', StringComparison.Ordinal);
        if (text.Length is 0 or > 40 || text[0] != 'P' || text.Contains('Y', StringComparison.Ordinal) || text.IndexOf('M', StringComparison.Ordinal) is >= 0 and var month && (time < 0 || month < time))
        {
            return null;
        }
        try
        {
            var read = XmlConvert.ToTimeSpan(text);
            return read > TimeSpan.Zero && read <= TimeSpan.FromDays(366) ? read : null;
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            return null;
        }
    }

    private static TimeSpan? ReadDays(AttributeValue value) =>
        value.Kind == AttributeKind.Number && value.CompareTo(AttributeValue.Of(0m)) > 0 && value.CompareTo(AttributeValue.Of((decimal)MostDays)) <= 0
        && double.TryParse(value.NumberText, System.Globalization.CultureInfo.InvariantCulture, out var days) ? TimeSpan.FromDays(days) : null;
}
