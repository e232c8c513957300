using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AuthzCluster.Api.Http;
using AuthzCluster.Api.Json;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Api.Transfer;

/// <summary>Reads <c>format=gcloud-roles</c>: names are kept, titles become display names, stages metadata.</summary>
internal static class GcloudRolesReader
{
    public static ReadImport<ModelImport> Read(ReadOnlyMemory<byte> body)
    {
        var errors = new ImportErrors();
        try
        {
            ImportBody.CheckNotEmpty(body.Span, "a list of roles");
            var type = (JsonTypeInfo<GcloudRoleBody>)PooledStrings.Options(GcloudJson.Default.Options).GetTypeInfo(typeof(GcloudRoleBody));
            var reader = new Utf8JsonReader(body.Span, StrictJson.ReaderOptions);
            reader.Read();
            var roles = new JsonRows<GcloudRoleBody, RoleDraft>("roles", type, ToDraft, RowNames.StandIn, errors).Read(ref reader, body.Span);
            reader.Read();
            return new ReadImport<ModelImport>(new ModelImport(roles), errors);
        }
        catch (Exception e) when (StrictJson.IsFault(e))
        {
            throw ProblemException.Invalid([StrictJson.Describe(e, body.Span)]);
        }
    }

    private static RoleDraft ToDraft(GcloudRoleBody body, string path, List<FieldError> errors)
    {
        if (string.IsNullOrWhiteSpace(body.Name))
        {
            errors.Add(new FieldError($"{path}name", "must not be blank"));
        }
        return new RoleDraft
        {
            Name = body.Name ?? "",
            DisplayName = string.IsNullOrWhiteSpace(body.Title) ? null : body.Title,
            Description = body.Description,
            Permissions = body.IncludedPermissions ?? [],
            Level = 0,
            Metadata = body.Stage is null ? AttributeBag.Empty : AttributeBag.Of(("stage", AttributeValue.Of(body.Stage))),
        };
    }
}
