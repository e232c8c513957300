using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Governance;

namespace AuthzCluster.Domain.Webhooks;

/// <summary>What a webhook may be by itself. Which targets are allowed, the node knows.</summary>
internal static class WebhookRules
{
    private const int LongestUrl = 2_048, LongestDescription = 1_000, MostEvents = 50;

    public static void Check(WebhookDraft draft, List<FieldError> errors)
    {
        if (draft.Url is { } url && UrlProblem(url) is { } wrong)
        {
            errors.Add(new FieldError("url", wrong));
        }
        if (draft.Events is { Count: > MostEvents })
        {
            errors.Add(new FieldError("events", $"must have at most {MostEvents} items"));
        }
        for (var i = 0; i < Math.Min(draft.Events?.Count ?? 0, MostEvents); i++)
        {
            if (EventTypes.PatternProblem(draft.Events![i]) is { } problem)
            {
                errors.Add(new FieldError($"events[{i}]", problem));
            }
        }
        if (TextRules.TextProblem(draft.Description, LongestDescription) is { } text)
        {
            errors.Add(new FieldError("description", text));
        }
    }

    private static string? UrlProblem(string url) =>
        url.Length <= LongestUrl && !url.Any(c => char.IsControl(c) || char.IsWhiteSpace(c)) && Uri.TryCreate(url, UriKind.Absolute, out var uri)
            && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps) && uri is { Host.Length: > 0, UserInfo: "" }
            && !url.Contains('#', StringComparison.Ordinal)
            ? null : $"must be an https address such as https://hooks.example.com/authz, without user and fragment, of at most {LongestUrl} characters";
}
