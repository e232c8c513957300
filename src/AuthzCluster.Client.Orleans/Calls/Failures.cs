using AuthzCluster.Actors.Doors;
using AuthzCluster.Domain.Errors;

namespace AuthzCluster.Client.Orleans.Calls;

/// <summary>Refusals as the exceptions that they are over HTTP.</summary>
internal static class Failures
{
    public static AuthzException Of(AuthzError error, string? requestId = null, string? key = null)
    {
        var (status, code, _) = ErrorTable.Of(error.Code);
        return AuthzException.Of(new AuthzFailure(code, error.Detail)
        {
            Status = status,
            RequestId = requestId,
            IdempotencyKey = key,
            Fields = error.Fields.GroupBy(field => field.Field, StringComparer.Ordinal)
                .ToDictionary(field => field.Key, field => (IReadOnlyList<string>)[.. field.Select(one => one.Message)], StringComparer.Ordinal),
        });
    }

    /// <summary>Something wrong with the input, as the API says it.</summary>
    public static AuthzException Invalid(string field, string message) => Of(AuthzError.Invalid(field, message));

    /// <summary>Several things wrong with the input.</summary>
    public static AuthzException Of(IReadOnlyList<FieldError> errors) => Of(AuthzError.Invalid(errors));

    /// <summary>Nobody foresaw it.</summary>
    public static AuthzException Unforeseen(Exception e, string? requestId, string? key) => AuthzException.Of(
        new AuthzFailure("internal", $"something went wrong inside: {e.Message}") { Status = 500, RequestId = requestId, IdempotencyKey = key, Cause = e });
}
