using System.Globalization;
using AuthzCluster.Api.Endpoints;
using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Http.Tests.OpenApi;

/// <summary>The page, as a browser shows it to somebody who reads and tries.</summary>
[Collection(ServerCollection.Name)]
public sealed class DocsPageTests(ServerFixture server)
{
    private const string Endpoints = "document.querySelectorAll('#endpoints > section > details').length";

    [ChromiumFact]
    public async Task Docs_InABrowser_ShowEveryEndpoint_AndOneCanBeTriedWithAKey()
    {
        await using var page = await Chromium.OpenAsync(new Uri(server.Url, "/docs"));

        Assert.Equal(ApiEndpoints.All.Count.ToString(CultureInfo.InvariantCulture), await page.UntilAsync(Endpoints));
        Assert.Equal("AuthzCluster API", (await page.EvaluateAsync("document.title")).GetString());
        Assert.All(page.Complaints, complaint => Assert.Contains("favicon", complaint, StringComparison.Ordinal));

        Assert.StartsWith("401", await TryAsync(page, "getRoles", key: ""), StringComparison.Ordinal);
        var listed = await TryAsync(page, "getRoles", server.Key);
        Assert.StartsWith("200", listed, StringComparison.Ordinal);
        Assert.Contains("\"next_page_token\"", listed, StringComparison.Ordinal);
        var asked = await TryAsync(page, "postAuthorizationEvaluate", server.Key);
        Assert.StartsWith("200", asked, StringComparison.Ordinal);
        Assert.Contains("\"decision\"", asked, StringComparison.Ordinal);
    }

    // As a reader does: opens the endpoint, puts the key in, presses the button, and reads what comes below it.
    private static async Task<string> TryAsync(Chromium page, string operation, string key)
    {
        await page.EvaluateAsync($"document.getElementById('{operation}').open = true; document.getElementById('key').value = '{key}'; document.querySelector('#{operation} > button').click()");
        return await page.UntilAsync($"(text => /^[0-9]/.test(text) && text)(document.querySelector('#{operation} > .answer').textContent)");
    }
}
