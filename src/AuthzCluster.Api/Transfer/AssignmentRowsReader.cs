using System.Text.Json;
using AuthzCluster.Api.Bodies;
using AuthzCluster.Api.Http;
using AuthzCluster.Api.Json;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Api.Transfer;

/// <summary>Reads <c>format=assignments</c>: an array, or one object after the other.</summary>
internal static class AssignmentRowsReader
{
    private const string List = "rows";
    private static readonly JsonReaderOptions Options = StrictJson.ReaderOptions with { AllowMultipleValues = true };

    public static ReadImport<IReadOnlyList<AssignmentRow?>> Read(ReadOnlyMemory<byte> body, TenantId tenant)
    {
        var errors = new ImportErrors();
        try
        {
            var reader = new Utf8JsonReader(body.Span, Options);
            if (!reader.Read())
            {
                return new([], errors);
            }
            var isArray = reader.TokenType == JsonTokenType.StartArray;
            var list = new JsonRows<AssignBody, AssignmentRow?>(
                List, ApiJson.Default.AssignBody, (row, path, found) => ToRow(row, path, tenant, found), (_, _) => null, errors);
            var rows = isArray ? list.Read(ref reader, body.Span) : list.ReadLines(ref reader, body.Span);
            if (isArray && reader.Read())
            {
                errors.Add(new FieldError(StrictJson.Whole, "must be one array, or objects one after the other"));
            }
            return new(rows, errors);
        }
        catch (Exception e) when (StrictJson.IsFault(e))
        {
            throw ProblemException.Invalid([StrictJson.Describe(e, body.Span)]);
        }
    }

    /// <summary>The place of an error in the body: the port counts the good rows only.</summary>
    /// <param name="field">The place as the port tells it, such as <c>rows[3].role</c>.</param>
    /// <param name="rowOf">The row of the body that a row of the port's is.</param>
    public static string PathOf(string field, Func<int, int> rowOf)
    {
        var end = field.IndexOf(']', StringComparison.Ordinal);
        return end > List.Length && int.TryParse(field.AsSpan(List.Length + 1, end - List.Length - 1), out var row)
            ? $"{List}[{rowOf(row)}{field[end..]}" : field;
    }

    /// <summary>What one row means.</summary>
    public static AssignmentRow ToRow(AssignBody body, string path, TenantId tenant, List<FieldError> errors)
    {
        var role = body.Role ?? body.RoleId;
        if (string.IsNullOrWhiteSpace(role))
        {
            errors.Add(new FieldError($"{path}role", "must not be blank"));
        }
        if (body.Role is not null && body.RoleId is not null && body.Role != body.RoleId)
        {
            errors.Add(new FieldError($"{path}role_id", "is not `role`"));
        }
        if (body.WantsApproval)
        {
            errors.Add(new FieldError($"{path}requires_approval", "is not available in an import"));
        }
        return new AssignmentRow(role ?? "", body.ToDraft(path, tenant, errors));
    }
}
