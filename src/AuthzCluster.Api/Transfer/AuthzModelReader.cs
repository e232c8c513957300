using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AuthzCluster.Api.Bodies;
using AuthzCluster.Api.Http;
using AuthzCluster.Api.Json;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Api.Transfer;

/// <summary>Reads <c>format=authz</c>, which <see cref="AuthzModelWriter"/> writes.</summary>
internal static class AuthzModelReader
{
    public static ModelImport Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            return Read(body.Span);
        }
        catch (Exception e) when (StrictJson.IsFault(e))
        {
            throw ProblemException.Invalid([StrictJson.Describe(e, body.Span)]);
        }
    }

    private static ModelImport Read(ReadOnlySpan<byte> body)
    {
        var errors = new ImportErrors();
        var options = PooledStrings.Options(ApiJson.Default.Options);
        var reader = new Utf8JsonReader(body, StrictJson.ReaderOptions);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new BodyException("must be an object {format, version, roles, team_assignments}", 0);
        }
        var seen = new HashSet<string>(StringComparer.Ordinal);
        List<RoleDraft>? roles = null;
        List<AssignmentRow> teams = [];
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
                    roles = JsonRows.Read(ref reader, body, name, (JsonTypeInfo<RoleBody>)options.GetTypeInfo(typeof(RoleBody)), ToRole, errors);
                    break;
                case AuthzModelFormat.Teams:
                    teams = JsonRows.Read(ref reader, body, name, (JsonTypeInfo<AssignBody>)options.GetTypeInfo(typeof(AssignBody)), ToTeam, errors);
                    break;
                default:
                    throw new BodyException("unknown member", at);
            }
        }
        reader.Read();
        errors.Throw();
        return new ModelImport(roles ?? throw new BodyException("is missing", 0, AuthzModelFormat.Roles)) { TeamGrants = teams };
    }

    private static RoleDraft ToRole(RoleBody body, string path, List<FieldError> errors)
    {
        if (body.FeatureWanted() is { } feature)
        {
            errors.Add(new FieldError($"{path}{feature}", "is not available here"));
        }
        return body.ToDraft(path, errors);
    }

    private static AssignmentRow ToTeam(AssignBody body, string path, List<FieldError> errors)
    {
        var row = AssignmentRowsReader.ToRow(body, path, errors);
        if (row.Draft.Principal is { Type: not null, IsTeam: false })
        {
            errors.Add(new FieldError($"{path}principal.type", "must be `team`"));
        }
        return row;
    }
}
