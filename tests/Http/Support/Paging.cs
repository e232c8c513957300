using System.Text.Json;

namespace AuthzCluster.Http.Tests.Support;

/// <summary>Reads lists to their end.</summary>
public static class Paging
{
    public static async Task<List<T>> AllAsync<T>(ApiClient api, string path, Func<JsonElement, T> read)
    {
        var all = new List<T>();
        string? token = null;
        do
        {
            var page = (await api.GetAsync(token is null ? path : $"{path}&page_token={token}")).Is(200);
            all.AddRange(page.Items.Select(read));
            token = page.NextPage;
            Assert.True(all.Count < 100_000, "the list does not end");
        }
        while (token is not null);
        return all;
    }
}
