using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AuthzCluster.Api.Bodies;
using AuthzCluster.Api.Http;
using AuthzCluster.Api.Json;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Api.Transfer;

/// <summary>Reads <c>format=authz</c>, which <see cref="AuthzModelWriter"/> writes.</summary>
internal static class AuthzModelReader
{
    // What is over long since is passed over: it keeps the place of a row that could not be read.
    private static readonly PermissionRow StandIn = new("stand:in", null);
    private static readonly PolicyDraft NoPolicy = new() { Name = "" };
    private static readonly ConstraintDraft NoConstraint = new() { Name = "" };
    private static readonly AssignmentRow LeftOut = new("", new AssignmentDraft(SubjectId.Team("")) { ExpiresAt = DateTimeOffset.MinValue });

    public static ReadImport<ModelImport> Read(ReadOnlyMemory<byte> body, TenantId tenant)
    {
        try
        {
            ImportBody.CheckNotEmpty(body.Span, "an object {format, version, registered_permissions, roles, policies, team_assignments, constraints}");
            return Read(body.Span, tenant);
        }
        catch (Exception e) when (StrictJson.IsFault(e))
        {
            throw ProblemException.Invalid([StrictJson.Describe(e, body.Span)]);
        }
    }

    private static ReadImport<ModelImport> Read(ReadOnlySpan<byte> body, TenantId tenant)
    {
        var errors = new ImportErrors();
        var options = PooledStrings.Options(ApiJson.Default.Options);
        var reader = new Utf8JsonReader(body, StrictJson.ReaderOptions);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new BodyException("must be an object {format, version, registered_permissions, roles, policies, team_assignments, constraints}", 0);
        }
        var seen = new HashSet<string>(StringComparer.Ordinal);
        List<RoleDraft>? roles = null;
        List<AssignmentRow> teams = [];
        List<PermissionRow> permissions = [];
        List<PolicyDraft> policies = [];
        List<ConstraintDraft> constraints = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var (name, at) = (AttributeReader.Text(ref reader), reader.TokenStartIndex);
            if (!seen.Add(name))
            {
                throw new BodyException("duplicate member", at);
            }
            reader.Read();
            switch (name)
            {
                case AuthzModelFormat.Format when reader.TokenType == JsonTokenType.String && reader.ValueTextEquals(AuthzModelFormat.Name):
                case AuthzModelFormat.Version when reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var version) && version == AuthzModelFormat.Current:
                    break;
                case AuthzModelFormat.Format or AuthzModelFormat.Version:
                    throw new BodyException($"must be `{AuthzModelFormat.Name}`, version {AuthzModelFormat.Current}", at);
                case AuthzModelFormat.Roles:
                    roles = new JsonRows<RoleBody, RoleDraft>(
                        name, (JsonTypeInfo<RoleBody>)options.GetTypeInfo(typeof(RoleBody)), (row, path, found) => ToRole(row, path, tenant, found), RowNames.StandIn, errors)
                        .Read(ref reader, body);
                    break;
                case AuthzModelFormat.Permissions:
                    permissions = new JsonRows<RegisterPermissionBody, PermissionRow>(
                        name, (JsonTypeInfo<RegisterPermissionBody>)options.GetTypeInfo(typeof(RegisterPermissionBody)),
                        (row, path, found) => ToPermission(row, path, tenant, found), (_, _) => StandIn, errors)
                        .Read(ref reader, body);
                    break;
                case AuthzModelFormat.Teams:
                    teams = new JsonRows<AssignBody, AssignmentRow>(
                        name, (JsonTypeInfo<AssignBody>)options.GetTypeInfo(typeof(AssignBody)), (row, path, found) => ToTeam(row, path, tenant, found), (_, _) => LeftOut, errors)
                        .Read(ref reader, body);
                    break;
                case AuthzModelFormat.Policies:
                    policies = new JsonRows<PolicyBody, PolicyDraft>(
                        name, (JsonTypeInfo<PolicyBody>)options.GetTypeInfo(typeof(PolicyBody)), (row, path, found) => ToPolicy(row, path, tenant, found), (_, _) => NoPolicy, errors)
                        .Read(ref reader, body);
                    break;
                case AuthzModelFormat.Constraints:
                    constraints = new JsonRows<ConstraintBody, ConstraintDraft>(
                        name, (JsonTypeInfo<ConstraintBody>)options.GetTypeInfo(typeof(ConstraintBody)),
                        (row, path, found) => row.ToDraft(path, tenant, found), (_, _) => NoConstraint, errors)
                        .Read(ref reader, body);
                    break;
                default:
                    throw new BodyException("unknown member", at);
            }
        }
        reader.Read();
        var import = new ModelImport(roles ?? throw new BodyException("is missing", 0, AuthzModelFormat.Roles)) { TeamGrants = teams, Registered = permissions, Policies = policies, Constraints = constraints };
        return new ReadImport<ModelImport>(import, errors);
    }

    private static RoleDraft ToRole(RoleBody body, string path, TenantId tenant, List<FieldError> errors)
    {
        body.CheckRoleId(path, errors);
        return body.ToDraft(path, tenant, errors);
    }

    private static PolicyDraft ToPolicy(PolicyBody body, string path, TenantId tenant, List<FieldError> errors)
    {
        if (body.RoleId is not null)
        {
            errors.Add(new FieldError($"{path}role_id", "is not known here: a policy of a role stands with its role"));
        }
        return body.ToDraft(path, tenant, errors);
    }

    private static PermissionRow ToPermission(RegisterPermissionBody body, string path, TenantId tenant, List<FieldError> errors)
    {
        TenantRule.Check(body.TenantId, path, tenant, errors);
        return new PermissionRow(body.Permission, body.Description);
    }

    private static AssignmentRow ToTeam(AssignBody body, string path, TenantId tenant, List<FieldError> errors)
    {
        var row = AssignmentRowsReader.ToRow(body, path, tenant, errors);
        if (row.Draft.Principal is { Type: not null, IsTeam: false })
        {
            errors.Add(new FieldError($"{path}principal.type", "must be `team`"));
        }
        return row;
    }
}
