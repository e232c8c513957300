namespace AuthzCluster.Domain.Errors;

/// <summary>A refusal: nothing was changed.</summary>
/// <param name="Code">The kind.</param>
/// <param name="Detail">One sentence for a person.</param>
public sealed record AuthzError(ErrorCode Code, string Detail)
{
    /// <summary>The places of the input that are wrong; empty unless <see cref="ErrorCode.ValidationFailed"/>.</summary>
    public IReadOnlyList<FieldError> Fields { get; init; } = [];

    /// <summary>Who would be in conflict, at most a hundred of them; empty unless <see cref="ErrorCode.RoleConflict"/>.</summary>
    public IReadOnlyList<ConflictHolder> Holders { get; init; } = [];

    /// <summary>How many would be.</summary>
    public int HolderCount { get; init; }

    /// <summary>A <see cref="ErrorCode.ValidationFailed"/> about one field.</summary>
    public static AuthzError Invalid(string field, string message) => Invalid([new FieldError(field, message)]);

    /// <summary>A <see cref="ErrorCode.ValidationFailed"/> about several fields.</summary>
    public static AuthzError Invalid(IReadOnlyList<FieldError> fields) =>
        new(ErrorCode.ValidationFailed, $"{fields[0].Field}: {fields[0].Message}") { Fields = fields };
}
