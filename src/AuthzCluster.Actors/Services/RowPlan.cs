using AuthzCluster.Actors.Views;
using AuthzCluster.Domain.Errors;

namespace AuthzCluster.Actors.Services;

/// <summary>
/// An import row by row, every row of it valid: the rows of an owner in their order, different owners side by side. A row
/// fails alone; repeating the import is safe.
/// </summary>
/// <typeparam name="TOwner">Whom rows are for: one writer each.</typeparam>
/// <typeparam name="TRow">A row as its owner's writer takes it.</typeparam>
internal sealed class RowPlan<TOwner, TRow>
    where TOwner : notnull
{
    private const int Concurrency = 64;
    private const int MostErrorsNamed = 1000;

    private readonly List<(TOwner Owner, List<(int Row, TRow Item)> Rows)> _groups;
    private readonly RowReport[] _reports;

    private RowPlan(List<(TOwner, List<(int, TRow)>)> groups, int count) => (_groups, _reports) = (groups, new RowReport[count]);

    /// <summary>Validates every row; all that are wrong are named.</summary>
    public static Result<RowPlan<TOwner, TRow>> Make<TSource>(IReadOnlyList<TSource> rows, Func<TSource, int, Result<(TOwner Owner, TRow Item)>> check)
    {
        var errors = new List<FieldError>();
        var groups = new Dictionary<TOwner, List<(int, TRow)>>();
        for (var i = 0; i < rows.Count && errors.Count < MostErrorsNamed; i++)
        {
            var row = check(rows[i], i);
            if (!row.IsOk)
            {
                errors.AddRange(Named(i, row.Error));
                continue;
            }
            if (!groups.TryGetValue(row.Value.Owner, out var group))
            {
                groups.Add(row.Value.Owner, group = []);
            }
            group.Add((i, row.Value.Item));
        }
        return errors.Count > 0 ? AuthzError.Invalid(errors) : new RowPlan<TOwner, TRow>([.. groups.Select(group => (group.Key, group.Value))], rows.Count);
    }

    /// <summary>Has the rows of each owner applied; <paramref name="apply"/> answers for each of its rows, or one error for all of them.</summary>
    public async Task<RowsReport> RunAsync(Func<TOwner, IReadOnlyList<(int Row, TRow Item)>, Task<Result<IReadOnlyList<RowReport>>>> apply)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = Concurrency };
        await Parallel.ForEachAsync(_groups, options, async (group, _) =>
        {
            var done = await apply(group.Owner, group.Rows);
            for (var i = 0; i < group.Rows.Count; i++)
            {
                var row = group.Rows[i].Row;
                _reports[row] = done.IsOk ? done.Value[i] : new RowReport(row, RowStatus.Failed, done.Error);
            }
        });
        return new RowsReport(_reports);
    }

    private static IEnumerable<FieldError> Named(int row, AuthzError error) => error.Fields.Count == 0
        ? [new FieldError($"rows[{row}]", error.Detail)]
        : error.Fields.Select(field => new FieldError($"rows[{row}].{field.Field}", field.Message));
}
