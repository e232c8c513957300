using AuthzCluster.Actors.Views;
using AuthzCluster.Api.Bodies;
using AuthzCluster.Api.Http;
using AuthzCluster.Api.Json;
using AuthzCluster.Api.Manners;
using AuthzCluster.Api.Replies;
using AuthzCluster.Api.Transfer;
using AuthzCluster.Domain.Administration;
using AuthzCluster.Domain.Entities;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Api.Endpoints;

/// <summary>Whole models, in and out.</summary>
internal static class TransferEndpoints
{
    private const int ImportLimit = 64 * 1024 * 1024;

    public static readonly ApiEndpoint[] All =
    [
        new("POST", "/api/v1/import", ImportAsync, Rights.ModelImport) { Feature = Feature.Always, BodyLimit = ImportLimit, Query = ["format", "dry_run"] },
        new("GET", "/api/v1/export", ExportAsync, Rights.ModelExport) { Feature = Feature.BuiltInRoles, Query = ["format"] },
    ];

    private static Task ImportAsync(ApiRequest request) => request.Query.Text("format") switch
    {
        "authz" => ImportModelAsync(request, body => AuthzModelReader.Read(body, request.Tenant)),
        "gcloud-roles" => ImportModelAsync(request, GcloudRolesReader.Read),
        "assignments" => ImportAssignmentsAsync(request),
        "entities" => ImportEntitiesAsync(request),
        _ => throw ProblemException.Invalid("format", "must be `authz`, `gcloud-roles`, `assignments` or `entities`"),
    };

    private static async Task ImportModelAsync(ApiRequest request, Func<ReadOnlyMemory<byte>, ReadImport<ModelImport>> read)
    {
        await Door.RequireAsync(request, Feature.CustomRoles);
        var isDryRun = request.Query.Flag("dry_run");
        var (import, errors) = read(await ImportBody.ReadAsync(request));
        if (import.Policies.Count > 0 || import.Roles.Any(role => role.Policies is { Count: > 0 }))
        {
            await Door.RequireAsync(request, Feature.Policies);
        }
        if (import.Constraints.Count > 0)
        {
            await Door.RequireAsync(request, Feature.Constraints);
        }
        var answer = await request.Ports.Transfer.ImportModelAsync(request.Tenant, import, isDryRun || errors.Any, request.Caller);
        await request.ReplyAsync(ImportReply.Of(errors.Settle(answer, field => field)), ApiJson.Default.ImportReply);
    }

    private static Task ImportAssignmentsAsync(ApiRequest request) => ImportRowsAsync(
        request, body => AssignmentRowsReader.Read(body, request.Tenant),
        (rows, isDryRun) => request.Ports.Transfer.ImportAssignmentsAsync(request.Tenant, rows, isDryRun, request.Caller));

    private static Task ImportEntitiesAsync(ApiRequest request) => ImportRowsAsync(
        request,
        body => RowsReader.Read<EntityBody, EntityRow>(body, ApiJson.Default.EntityBody, (row, path, errors) => row.ToRow(path, request.Tenant, errors)),
        (rows, isDryRun) => request.Ports.Entities.ImportAsync(request.Tenant, rows, isDryRun, request.Caller));

    private static async Task ImportRowsAsync<TRow>(
        ApiRequest request, Func<ReadOnlyMemory<byte>, ReadImport<IReadOnlyList<TRow?>>> read, Func<IReadOnlyList<TRow>, bool, Task<Result<RowsReport>>> import)
        where TRow : class
    {
        await Door.RequireAsync(request, Feature.BuiltInRoles);
        var isDryRun = request.Query.Flag("dry_run");
        var (rows, errors) = read(await ImportBody.ReadAsync(request));
        var good = rows.Index().Where(row => row.Item is not null).ToList();
        var answer = await import([.. good.Select(row => row.Item!)], isDryRun || errors.Any);
        var report = errors.Settle(answer, field => RowsReader.PathOf(field, row => good[row].Index));
        await request.ReplyAsync(RowsReply.Of(report), ApiJson.Default.RowsReply);
    }

    private static async Task ExportAsync(ApiRequest request)
    {
        var format = request.Query.Text("format") ?? "json";
        if (format is not ("json" or "yaml"))
        {
            throw ProblemException.Invalid("format", "must be `json` or `yaml`");
        }
        var model = ApiRequest.Ok(await request.Ports.Transfer.ExportModelAsync(request.Tenant));
        var withPolicies = await PolicyEndpoints.MayReadAsync(request);
        var withConstraints = ApiRequest.Ok(await request.Ports.Rights.MayAsync(request.Tenant, request.Caller, Rights.ConstraintsRead));
        if (format == "json" && !CompressedAnswer.IsWanted(request.Http, int.MaxValue))
        {
            request.Http.Response.ContentType = MediaTypes.Json;
            await AuthzModelWriter.WriteAsync(request.Http.Response.BodyWriter, model, withPolicies, withConstraints);
            return;
        }
        var json = await AuthzModelWriter.ToBytesAsync(model, withPolicies, withConstraints);
        await (format == "json" ? request.ReplyBytesAsync(MediaTypes.Json, json) : request.ReplyBytesAsync(MediaTypes.Yaml, JsonToYaml.Convert(json)));
    }
}
