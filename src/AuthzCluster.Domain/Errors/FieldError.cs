namespace AuthzCluster.Domain.Errors;

/// <summary>One thing wrong with one place of the input.</summary>
/// <param name="Field">The place, in the caller's names: <c>parents[1].role_id</c>.</param>
/// <param name="Message">Lower-case, no full stop, user input in backticks.</param>
public sealed record FieldError(string Field, string Message);
