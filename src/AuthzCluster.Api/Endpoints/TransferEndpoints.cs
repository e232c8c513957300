using AuthzCluster.Api.Http;
using AuthzCluster.Api.Json;
using AuthzCluster.Api.Replies;
using AuthzCluster.Api.Transfer;
using AuthzCluster.Domain.Administration;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Api.Endpoints;

/// <summary>Whole models, in and out.</summary>
internal static class TransferEndpoints
{
    private const int ImportLimit = 64 * 1024 * 1024;

    public static readonly ApiEndpoint[] All =
    [
        new("POST", "/api/v1/import", ImportAsync, Rights.ModelImport) { BodyLimit = ImportLimit, Query = ["format", "dry_run"] },
        new("GET", "/api/v1/export", ExportAsync, Rights.ModelExport) { Query = ["format"] },
    ];

    private static Task ImportAsync(ApiRequest request) => request.Query.Text("format") switch
    {
        "authz" => ImportModelAsync(request, body => AuthzModelReader.Read(body, request.Tenant)),
        "gcloud-roles" => ImportModelAsync(request, GcloudRolesReader.Read),
        "assignments" => ImportAssignmentsAsync(request),
        "entities" => throw new ProblemException(Problem.FeatureNotAvailable("entities")),
        _ => throw ProblemException.Invalid("format", "must be `authz`, `gcloud-roles` or `assignments`"),
    };

    private static async Task ImportModelAsync(ApiRequest request, Func<ReadOnlyMemory<byte>, ReadImport<ModelImport>> read)
    {
        var isDryRun = request.Query.Flag("dry_run");
        var (import, errors) = read(await ImportBody.ReadAsync(request));
        var answer = await request.Ports.Transfer.ImportModelAsync(request.Tenant, import, isDryRun || errors.Any, request.Caller);
        await request.ReplyAsync(ImportReply.Of(errors.Settle(answer, field => field)), ApiJson.Default.ImportReply);
    }

    private static async Task ImportAssignmentsAsync(ApiRequest request)
    {
        var isDryRun = request.Query.Flag("dry_run");
        var (rows, errors) = AssignmentRowsReader.Read(await ImportBody.ReadAsync(request), request.Tenant);
        var good = rows.Index().Where(row => row.Item is not null).ToList();
        var answer = await request.Ports.Transfer.ImportAssignmentsAsync(
            request.Tenant, [.. good.Select(row => row.Item!)], isDryRun || errors.Any, request.Caller);
        var report = errors.Settle(answer, field => AssignmentRowsReader.PathOf(field, row => good[row].Index));
        await request.ReplyAsync(RowsReply.Of(report), ApiJson.Default.RowsReply);
    }

    private static async Task ExportAsync(ApiRequest request)
    {
        var format = request.Query.Text("format") ?? "json";
        if (format is not ("json" or "yaml"))
        {
            throw ProblemException.Invalid("format", "must be `json` or `yaml`");
        }
        var model = ApiRequest.Ok(await request.Ports.Tenants.GetAsync(request.Tenant));
        if (format == "json")
        {
            request.Http.Response.ContentType = MediaTypes.Json;
            await AuthzModelWriter.WriteAsync(request.Http.Response.BodyWriter, model);
            return;
        }
        var yaml = JsonToYaml.Convert(await AuthzModelWriter.ToBytesAsync(model));
        request.Http.Response.ContentType = MediaTypes.Yaml;
        request.Http.Response.ContentLength = yaml.Length;
        await request.Http.Response.Body.WriteAsync(yaml);
    }
}
