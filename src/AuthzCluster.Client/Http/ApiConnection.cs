using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace AuthzCluster.Client.Http;

/// <summary>The API of one tenant: sends calls, reads answers. What does not read as an answer is an error, never an answer.</summary>
internal sealed class ApiConnection(ApiSender sender, string tenant)
{
    private const int PageSize = 1000;

    public ApiConnection ForTenant(string other) => new(sender, Texts.Id(other, "tenant"));

    public Deadline NewDeadline(CancellationToken caller) => sender.NewDeadline(caller);

    public async Task<T> CallAsync<T>(ApiCall call, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var deadline = NewDeadline(cancellationToken);
        return await CallAsync(call, type, deadline).ConfigureAwait(false);
    }

    public async Task<T> CallAsync<T>(ApiCall call, JsonTypeInfo<T> type, Deadline deadline)
    {
        var body = await sender.SendAsync(tenant, call, deadline).ConfigureAwait(false);
        try
        {
            return JsonSerializer.Deserialize(body, type) ?? throw Problems.Invalid("the answer is null", call);
        }
        catch (JsonException e)
        {
            throw Problems.Invalid("the answer is not what this API answers", call, e);
        }
    }

    /// <summary>A call whose answer says nothing.</summary>
    public async Task CallAsync(ApiCall call, CancellationToken cancellationToken)
    {
        using var deadline = NewDeadline(cancellationToken);
        await sender.SendAsync(tenant, call, deadline).ConfigureAwait(false);
    }

    /// <summary>All items of a list; each page has a deadline of its own.</summary>
    public Task<List<T>> ListAsync<T>(string path, JsonTypeInfo<PageWire<T>> type, CancellationToken cancellationToken) =>
        ListAsync(path, call => CallAsync(call, type, cancellationToken));

    /// <summary>All items of a short list, within one deadline.</summary>
    public Task<List<T>> ListAsync<T>(string path, JsonTypeInfo<PageWire<T>> type, Deadline deadline) =>
        ListAsync(path, call => CallAsync(call, type, deadline));

    private static async Task<List<T>> ListAsync<T>(string path, Func<ApiCall, Task<PageWire<T>>> read)
    {
        var (items, start) = (new List<T>(), $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}limit={PageSize}");
        string? token = null;
        while (true)
        {
            var call = ApiCall.Get(token is null ? start : $"{start}&page_token={Uri.EscapeDataString(token)}");
            var page = await read(call).ConfigureAwait(false);
            items.AddRange(page.Items.Any(item => item is null) ? throw Problems.Invalid("an item of the list is null", call) : page.Items);
            if (page.NextPageToken is null)
            {
                return items;
            }
            token = page.NextPageToken != token ? page.NextPageToken : throw Problems.Invalid("the list does not go on", call);
        }
    }
}
