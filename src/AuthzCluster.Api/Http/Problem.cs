using AuthzCluster.Actors.Doors;
using AuthzCluster.Domain.Errors;

namespace AuthzCluster.Api.Http;

/// <summary>What an error answer says (RFC 9457).</summary>
internal sealed record Problem(int Status, string Code, string Title, string Detail)
{
    public IReadOnlyList<FieldError> Errors { get; init; } = [];

    /// <summary>Who would be in conflict with a constraint; empty for other kinds.</summary>
    public IReadOnlyList<ConflictHolder> Holders { get; init; } = [];

    /// <summary>How many would be; <see cref="Holders"/> may be the first of them.</summary>
    public int HolderCount { get; init; }

    /// <summary>Seconds; null: no such header.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>The methods that the path has; null: no such header.</summary>
    public string? Allow { get; init; }

    /// <summary>Every code that an answer may have, but those of calls; a test holds refusals to them.</summary>
    public static IReadOnlyList<string> Codes { get; } =
        [.. Enum.GetValues<ErrorCode>().Select(code => ErrorTable.Of(code).Code), Unauthenticated().Code, MethodNotAllowed([]).Code, UnsupportedMediaType("").Code, Internal().Code];

    /// <summary>Refused before anything was looked at.</summary>
    public static Problem Busy { get; } = Of(new AuthzError(ErrorCode.Unavailable, "too many requests are being handled"));

    /// <summary>What was asked may be done still; wholly or not at all.</summary>
    public static Problem Late { get; } = Of(new AuthzError(ErrorCode.Unavailable, "there was no answer in time"));

    /// <summary>Refused so that others are handled.</summary>
    public static Problem ShareTaken { get; } = Of(new AuthzError(ErrorCode.RateLimited, "too many requests of this credential are being handled"));

    /// <summary>Refused since the credential asked too often.</summary>
    public static Problem RateLimited { get; } = Of(new AuthzError(ErrorCode.RateLimited, "too many requests of this credential; ask more slowly"));

    public static Problem Of(AuthzError error)
    {
        var (status, code, title) = ErrorTable.Of(error.Code);
        return new Problem(status, code, title, error.Detail)
        {
            Errors = error.Fields,
            Holders = error.Holders,
            HolderCount = error.HolderCount,
            RetryAfter = error.Code is ErrorCode.Unavailable or ErrorCode.RateLimited ? 1 : null,
        };
    }

    public static Problem Invalid(string field, string message) => Of(AuthzError.Invalid(field, message));

    public static Problem Unauthenticated() =>
        new(401, "unauthenticated", "A credential is needed", "send `Authorization: Bearer KEY`");

    public static Problem NotFound() => new(404, "not_found", "Not found", "there is nothing at this path");

    /// <summary>A path that is there, but not for this method. Whatever takes GET takes HEAD too.</summary>
    public static Problem MethodNotAllowed(IEnumerable<string> methods)
    {
        var allow = string.Join(", ", methods.SelectMany(method => method == "GET" ? new[] { method, "HEAD" } : [method]));
        return new(405, "method_not_allowed", "Method not allowed", $"this path takes {allow}") { Allow = allow };
    }

    public static Problem TooLarge(long limit) =>
        new(413, "payload_too_large", "Too large", $"the body must not be larger than {limit} bytes");

    public static Problem UnsupportedMediaType(string detail) =>
        new(415, "unsupported_media_type", "Unsupported media type", detail);

    /// <summary>A request whose body is no HTTP.</summary>
    public static Problem Malformed(int status, string detail) =>
        new(status, "validation_failed", "Malformed request", detail) { Errors = [new FieldError("body", detail)] };

    public static Problem Internal() =>
        new(500, "internal", "Internal error", "something went wrong; the server's log has it under the request id");
}
