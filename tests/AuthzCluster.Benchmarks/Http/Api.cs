using System.Net.Http.Json;
using AuthzCluster.Testing;

namespace AuthzCluster.Benchmarks.Http;

/// <summary>Calls of the API, each checked.</summary>
internal static class Api
{
    /// <summary>Posts JSON; throws where the answer is no success.</summary>
    public static async Task PostAsync(this ServerUnderTest server, string path, object body)
    {
        using var answer = await server.Http.PostAsJsonAsync(path, body);
        await CheckAsync(answer);
    }

    /// <summary>Deletes; throws where the answer is no success.</summary>
    public static async Task DeleteAsync(this ServerUnderTest server, string path)
    {
        using var answer = await server.Http.DeleteAsync(path);
        await CheckAsync(answer);
    }

    /// <summary>Reads and drops; throws where the answer is no success.</summary>
    public static async Task GetAsync(this ServerUnderTest server, string path)
    {
        using var answer = await server.Http.GetAsync(path);
        await CheckAsync(answer);
    }

    /// <summary>Posts bytes; throws where the answer is no success.</summary>
    public static async Task<string> PostBytesAsync(this ServerUnderTest server, string path, byte[] body)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new("application/json");
        using var answer = await server.Http.PostAsync(path, content);
        await CheckAsync(answer);
        return await answer.Content.ReadAsStringAsync();
    }

    private static async Task CheckAsync(HttpResponseMessage answer)
    {
        if (!answer.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        }
    }
}
