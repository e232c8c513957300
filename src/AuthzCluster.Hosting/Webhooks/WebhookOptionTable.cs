using AuthzCluster.Hosting.Configuration;

namespace AuthzCluster.Hosting.Webhooks;

/// <summary>What can be set of webhooks.</summary>
public static class WebhookOptionTable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>In the order of the help.</summary>
    public static IReadOnlyList<Option<WebhookOptions>> All { get; } =
    [
        new("--webhook-targets", "WebhookTargets", "hosts (hooks.example.com, *.example.com), addresses or networks that webhooks may send to, http://HOST for plain HTTP (default: all public ones)", (webhooks, text) =>
            webhooks with { Targets = [.. OptionText.List(text).Select(WebhookTarget.Parse)] }),
        new("--webhook-timeout", "WebhookTimeout", "how long a receiver may take to answer, hh:mm:ss (default 00:00:10)", (webhooks, text) =>
            webhooks with { Timeout = OptionText.Time(text, Second, TimeSpan.FromMinutes(1)) }),
        new("--webhook-attempts", "WebhookAttempts", "after how many attempts an event goes to the dead letters (default 10)", (webhooks, text) =>
            webhooks with { Attempts = OptionText.Number(text, 1, 100) }),
        new("--webhook-pause", "WebhookPause", "pause behind the first failure, doubled with each, hh:mm:ss (default 00:00:05)", (webhooks, text) =>
            webhooks with { Pause = OptionText.Time(text, Second, TimeSpan.FromHours(1)) }),
    ];
}
