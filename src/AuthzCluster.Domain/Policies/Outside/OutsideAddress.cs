namespace AuthzCluster.Domain.Policies.Outside;

/// <summary>Where an outside engine is asked: its address, and the path of a document. Whether the operator allows the address is not known here.</summary>
public static class OutsideAddress
{
    private const int LongestUrl = 1024, LongestPath = 512, MostSegments = 32;

    /// <summary>What is wrong with an address; null: it is one.</summary>
    public static string? UrlProblem(string text) => Read(text) is null ? "must be an http or https address such as https://opa.example:8181, without user, query and fragment" : null;

    /// <summary>What is wrong with a path; null: it is one.</summary>
    public static string? PathProblem(string text)
    {
        var segments = text.Split('/');
        return text.Length is > 0 and <= LongestPath && segments.Length <= MostSegments && !Array.Exists(segments, segment => segment is "" or "." or "..")
            && !text.Any(c => char.IsControl(c) || char.IsSurrogate(c))
            ? null : $"must be the path of a document below v1/data, such as authz/allow: 1 to {MostSegments} names with slashes between them";
    }

    /// <summary>An address in the one way in which two of the same place are written: for what <see cref="UrlProblem"/> has nothing against.</summary>
    public static string Normal(string text) => Read(text) is { } uri
        ? uri.GetLeftPart(UriPartial.Path).TrimEnd('/') : throw new ArgumentException("is no address", nameof(text));

    private static Uri? Read(string text) =>
        text.Length <= LongestUrl && !text.Any(c => char.IsControl(c) || char.IsWhiteSpace(c)) && Uri.TryCreate(text, UriKind.Absolute, out var uri)
            && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
            && uri is { Host.Length: > 0, UserInfo: "", Query: "", Fragment: "" } && !text.Contains('?', StringComparison.Ordinal) && !text.Contains('#', StringComparison.Ordinal)
            ? uri : null;
}
