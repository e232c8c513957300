using AuthzCluster.Api.Bodies;
using AuthzCluster.Api.Json;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Api.Transfer;

/// <summary>Reads <c>format=assignments</c>.</summary>
internal static class AssignmentRowsReader
{
    public static ReadImport<IReadOnlyList<AssignmentRow?>> Read(ReadOnlyMemory<byte> body, TenantId tenant) =>
        RowsReader.Read<AssignBody, AssignmentRow>(body, ApiJson.Default.AssignBody, (row, path, errors) => ToRow(row, path, tenant, errors));

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
