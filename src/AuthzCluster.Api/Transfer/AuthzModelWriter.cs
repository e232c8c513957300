using System.IO.Pipelines;
using System.Text.Encodings.Web;
using System.Text.Json;
using AuthzCluster.Api.Bodies;
using AuthzCluster.Api.Json;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Api.Transfer;

/// <summary>
/// Writes a tenant's model: its registered permissions, its custom roles by name and its teams' assignments, as the bodies that would make them.
/// Its policies, and those of roles, for who may read policies; its constraints, for who may read these.
/// No versions and no instants of making, so that exporting what was imported gives the same bytes.
/// </summary>
internal static class AuthzModelWriter
{
    private const int FlushedAt = 64 * 1024;

    public static async Task<byte[]> ToBytesAsync(TenantModel model, bool withPolicies, bool withConstraints)
    {
        using var stream = new MemoryStream();
        var output = PipeWriter.Create(stream);
        await WriteAsync(output, model, withPolicies, withConstraints);
        await output.CompleteAsync();
        return stream.ToArray();
    }

    /// <summary>Writes piece by piece, so that a large model is never whole in memory as text.</summary>
    public static async Task WriteAsync(PipeWriter output, TenantModel model, bool withPolicies, bool withConstraints)
    {
        await using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
        json.WriteStartObject();
        json.WriteString(AuthzModelFormat.Format, AuthzModelFormat.Name);
        json.WriteNumber(AuthzModelFormat.Version, AuthzModelFormat.Current);
        json.WriteStartArray(AuthzModelFormat.Permissions);
        foreach (var (permission, description) in model.Registered)
        {
            JsonSerializer.Serialize(json, new ExportedPermission(permission, description), ApiJson.Default.ExportedPermission);
        }
        json.WriteEndArray();
        json.WriteStartArray(AuthzModelFormat.Roles);
        var flushed = 0L;
        foreach (var role in model.Roles.Values.Where(role => !role.IsDeleting).OrderBy(role => role.Name, StringComparer.Ordinal))
        {
            JsonSerializer.Serialize(json, Body(model, role, withPolicies), ApiJson.Default.ExportedRole);
            if (json.BytesCommitted + json.BytesPending - flushed > FlushedAt)
            {
                json.Flush();
                flushed = json.BytesCommitted;
                await output.FlushAsync();
            }
        }
        json.WriteEndArray();
        json.WriteStartArray(AuthzModelFormat.Teams);
        foreach (var (team, assignments) in model.TeamGrants)
        {
            foreach (var assignment in InOrder(model, assignments))
            {
                JsonSerializer.Serialize(json, Body(model, team, assignment), ApiJson.Default.ExportedTeamAssignment);
            }
        }
        json.WriteEndArray();
        if (withPolicies && !model.Policies.IsEmpty)
        {
            json.WriteStartArray(AuthzModelFormat.Policies);
            foreach (var policy in model.Policies.Values.OrderBy(policy => policy.Id, StringComparer.Ordinal))
            {
                JsonSerializer.Serialize(json, ExportedPolicy.Of(policy), ApiJson.Default.ExportedPolicy);
            }
            json.WriteEndArray();
        }
        if (withConstraints && !model.Constraints.IsEmpty)
        {
            json.WriteStartArray(AuthzModelFormat.Constraints);
            foreach (var constraint in model.Constraints.Values)
            {
                string[] roles = [.. constraint.Roles.Select(role => NameOf(model, role)).Order(StringComparer.Ordinal)];
                JsonSerializer.Serialize(json, new ExportedConstraint(constraint.Id, constraint.Name, roles, constraint.Max), ApiJson.Default.ExportedConstraint);
            }
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    private static IEnumerable<Assignment> InOrder(TenantModel model, IEnumerable<Assignment> assignments) =>
        assignments.Where(assignment => assignment.RevokedAt is null)
            .OrderBy(assignment => NameOf(model, assignment.Role), StringComparer.Ordinal).ThenBy(assignment => assignment.GrantedAt).ThenBy(assignment => assignment.Id, StringComparer.Ordinal);

    private static ExportedRole Body(TenantModel model, RoleDefinition role, bool withPolicies) => new()
    {
        Id = role.Id.Value,
        Name = role.Name,
        DisplayName = role.DisplayName,
        Description = role.Description,
        Type = role.Type,
        Permissions = [.. role.Permissions.Select(permission => permission.ToString())],
        Parents = [.. role.Parents.Select(edge => Replies.ParentReply.Of(edge) with { RoleId = NameOf(model, edge.Parent) })],
        Policies = withPolicies && !role.Policies.IsEmpty ? [.. role.Policies.Select(ExportedPolicy.Of)] : null,
        RequestPolicy = RequestPolicyBody.Of(role.RequestPolicy),
        HierarchyLevel = role.Level,
        IsActive = role.IsActive,
        Metadata = role.Metadata,
    };

    private static ExportedTeamAssignment Body(TenantModel model, string team, Assignment assignment) => new()
    {
        Principal = PrincipalBody.Of(SubjectId.Team(team)),
        Role = NameOf(model, assignment.Role),
        StartsAt = assignment.StartsAt,
        ExpiresAt = assignment.ExpiresAt,
        Scope = assignment.Scope,
        Conditions = assignment.Conditions,
        Reason = assignment.Reason,
        Metadata = assignment.Metadata,
    };

    // By name, since an import finds roles by name: the tenant that takes it may know them by other ids. Built-in
    // roles have the same ids everywhere.
    private static string NameOf(TenantModel model, RoleId id) => model.Roles.TryGetValue(id, out var role) ? role.Name : id.Value;
}
