using System.Text.Json;

namespace AuthzCluster.Http.Tests.Support;

/// <summary>Reads server-sent events as they come.</summary>
public sealed class EventStream : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HttpResponseMessage _response;
    private readonly StreamReader _reader;

    private EventStream(HttpResponseMessage response, Stream body) => (_response, _reader) = (response, new StreamReader(body));

    /// <summary>What it says of itself.</summary>
    public string? ContentType => _response.Content.Headers.ContentType?.MediaType;

    public static async Task<EventStream> OpenAsync(ServerFixture server, ApiClient api, string query = "", string? last = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/tenants/{api.Tenant}/api/v1/events{query}");
        if (api.Token is not null)
        {
            request.Headers.Authorization = new("Bearer", api.Token);
        }
        if (last is not null)
        {
            request.Headers.Add("Last-Event-ID", last);
        }
        var response = await server.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(200, (int)response.StatusCode);
        return new EventStream(response, await response.Content.ReadAsStreamAsync());
    }

    /// <summary>The next event; null: the stream has ended.</summary>
    public async Task<(string Id, string Type, JsonElement Data)?> NextAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        var (id, type) = ("", "");
        while (await _reader.ReadLineAsync(patience.Token) is { } line)
        {
            switch (line.Split(": ", 2))
            {
                case ["id", var text]:
                    id = text;
                    break;
                case ["event", var text]:
                    type = text;
                    break;
                case ["data", var text]:
                    return (id, type, JsonDocument.Parse(text).RootElement);
                default:
                    break;
            }
        }
        return null;
    }

    public ValueTask DisposeAsync()
    {
        _reader.Dispose();
        _response.Dispose();
        return default;
    }
}
