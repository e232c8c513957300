using System.Net;
using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Silo.Tests.Chaos.Rig;

/// <summary>HTTP to one gateway.</summary>
internal sealed class GatewayWay(string name, HttpClient http, Uri url) : Way(name)
{
    private readonly string _base = new Uri(url, $"/tenants/{Fact.Tenant}").AbsoluteUri;

    public override bool IsGateway => true;

    public override async Task<bool?> AskAsync(Fact fact, string subject)
    {
        object question = fact.Resource is { } resource
            ? new { user = subject, permission = fact.Permission, resource = new { type = resource.Type, id = resource.Id } }
            : new { user = subject, permission = fact.Permission };
        var reply = await SendAsync("POST", "/api/v1/authorization/evaluate", question);
        return reply switch
        {
            null => null,
            { Status: (int)HttpStatusCode.OK } => reply["decision"].GetBoolean(),
            _ => throw new OddAnswerException($"{reply.Status}: {reply.Text}"),
        };
    }

    public override async Task<WriteResult?> WriteAsync(Fact fact, bool isSo, string key)
    {
        var (method, path, body) = fact.Request(isSo);
        var reply = await SendAsync(method, path, body, ("Idempotency-Key", key), ("X-Request-Id", key));
        return reply switch
        {
            null => null,
            { Status: >= 200 and < 300 } => WriteResult.Done,
            { Status: (int)HttpStatusCode.Conflict } when reply["code"].GetString() == "version_conflict" => null,
            { Status: (int)HttpStatusCode.NotFound } => WriteResult.NotThere,
            _ => throw new OddAnswerException($"{reply.Status}: {reply.Text}"),
        };
    }

    private async Task<Reply?> SendAsync(string method, string path, object? body, params (string, string)[] headers)
    {
        try
        {
            var reply = await new ApiClient(http, _base).SendAsync(method, path, body, headers);
            return reply.Status is (int)HttpStatusCode.ServiceUnavailable or (int)HttpStatusCode.TooManyRequests ? null : reply;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            // Nobody there, cut off, or too late.
            return null;
        }
    }
}
