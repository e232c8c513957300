using AuthzCluster.Api.Http;
using AuthzCluster.Domain.Errors;

namespace AuthzCluster.Api.Transfer;

/// <summary>
/// What is wrong with an import, row by row. Rows are judged twice: what they say when they are read, what they mean by
/// the port; both are told in one answer. A bound keeps the answer to a wholly wrong file readable.
/// </summary>
internal sealed class ImportErrors
{
    private const int Most = 1000, MostKept = 10_000;
    private readonly List<FieldError> _errors = [];
    private readonly HashSet<string> _badRows = new(StringComparer.Ordinal);

    /// <summary>Whether anything was found.</summary>
    public bool Any => _errors.Count > 0;

    /// <summary>What was found in the row that is being read.</summary>
    public List<FieldError> OfRow { get; } = [];

    /// <summary>Adds something about the whole.</summary>
    public void Add(FieldError error) => _errors.Add(error);

    /// <summary>Takes up what was found in a row; answers whether there was anything.</summary>
    /// <param name="path">The row, such as <c>roles[3]</c>.</param>
    public bool EndRow(string path)
    {
        if (OfRow.Count == 0)
        {
            return false;
        }
        _badRows.Add(path);
        _errors.AddRange(OfRow);
        OfRow.Clear();
        if (_errors.Count >= MostKept)
        {
            // A file of nothing but bad rows would fill the memory with what is wrong with it.
            throw ProblemException.Invalid([.. InOrder(), new FieldError("body", $"reading stopped at {path}")]);
        }
        return true;
    }

    /// <summary>
    /// The port's answer, where nothing was found; else ends the request with all that was, and what the port found in
    /// the other rows.
    /// </summary>
    public T Settle<T>(Result<T> answer, Func<string, string> pathOf)
    {
        if (!Any && !(answer.Error?.Fields.Count > Most))
        {
            return ApiRequest.Ok(answer);
        }
        if (answer.Error is { } error)
        {
            if (error.Code != ErrorCode.ValidationFailed)
            {
                throw new ProblemException(Problem.Of(error));
            }
            _errors.AddRange(error.Fields.Select(field => field with { Field = pathOf(field.Field) }).Where(field => !_badRows.Contains(RowOf(field.Field))));
        }
        throw ProblemException.Invalid(InOrder());
    }

    private List<FieldError> InOrder()
    {
        var all = _errors.OrderBy(error => ListOf(error.Field), StringComparer.Ordinal).ThenBy(error => IndexOf(error.Field)).ToList();
        if (all.Count > Most)
        {
            var left = all.Count - Most;
            all.RemoveRange(Most, left);
            all.Add(new FieldError("body", $"and {left} more"));
        }
        return all;
    }

    private static string RowOf(string field) => field.IndexOf(']', StringComparison.Ordinal) is >= 0 and var end ? field[..(end + 1)] : field;

    private static string ListOf(string field) => field.IndexOf('[', StringComparison.Ordinal) is >= 0 and var start ? field[..start] : field;

    private static int IndexOf(string field)
    {
        var (start, end) = (field.IndexOf('[', StringComparison.Ordinal), field.IndexOf(']', StringComparison.Ordinal));
        return start >= 0 && end > start && int.TryParse(field.AsSpan(start + 1, end - start - 1), out var index) ? index : -1;
    }
}
