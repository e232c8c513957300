using System.Text.Json;
using AuthzCluster.Api.Bodies;
using AuthzCluster.Api.Http;
using AuthzCluster.Api.Json;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Errors;

namespace AuthzCluster.Api.Transfer;

/// <summary>Reads <c>format=assignments</c>: an array, or one object after the other.</summary>
internal static class AssignmentRowsReader
{
    private static readonly JsonReaderOptions Options = StrictJson.ReaderOptions with { AllowMultipleValues = true };

    public static IReadOnlyList<AssignmentRow> Read(ReadOnlyMemory<byte> body)
    {
        var errors = new ImportErrors();
        try
        {
            var reader = new Utf8JsonReader(body.Span, Options);
            if (!reader.Read())
            {
                return [];
            }
            var type = ApiJson.Default.AssignBody;
            var isArray = reader.TokenType == JsonTokenType.StartArray;
            var rows = isArray
                ? JsonRows.Read(ref reader, body.Span, "rows", type, ToRow, errors)
                : JsonRows.ReadLines(ref reader, body.Span, "rows", type, ToRow, errors);
            if (isArray && reader.Read())
            {
                errors.Add(new FieldError(StrictJson.Whole, "must be one array, or objects one after the other"));
            }
            errors.Throw();
            return rows;
        }
        catch (Exception e) when (StrictJson.IsFault(e))
        {
            throw ProblemException.Invalid([StrictJson.Describe(e, body.Span)]);
        }
    }

    /// <summary>What one row means.</summary>
    public static AssignmentRow ToRow(AssignBody body, string path, List<FieldError> errors)
    {
        var role = body.Role ?? body.RoleId;
        if (string.IsNullOrWhiteSpace(role))
        {
            errors.Add(new FieldError($"{path}role", "must not be blank"));
        }
        if (body.WantsApproval)
        {
            errors.Add(new FieldError($"{path}requires_approval", "is not available in an import"));
        }
        return new AssignmentRow(role ?? "", body.ToDraft(path, errors));
    }
}
