using AuthzCluster.Domain.Errors;

namespace AuthzCluster.Api.Http;

/// <summary>Ends a request with an error answer, from wherever the input was found wanting.</summary>
internal sealed class ProblemException(Problem problem) : Exception(problem.Detail)
{
    public Problem Problem { get; } = problem;

    public static ProblemException Invalid(string field, string message) => new(Problem.Invalid(field, message));

    public static ProblemException Invalid(IReadOnlyList<FieldError> fields) => new(Problem.Of(AuthzError.Invalid(fields)));
}
