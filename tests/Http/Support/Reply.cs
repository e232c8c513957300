using System.Text.Json;

namespace AuthzCluster.Http.Tests.Support;

/// <summary>An answer, taken in whole.</summary>
public sealed record Reply(int Status, string ContentType, string Text, IReadOnlyDictionary<string, string> Headers)
{
    public JsonElement Json { get; } = ContentType.Contains("json", StringComparison.Ordinal) && ContentType != "application/x-ndjson" && Text.Length > 0
        ? JsonDocument.Parse(Text).RootElement : default;

    public JsonElement this[string member] => Json.GetProperty(member);

    public IReadOnlyList<JsonElement> Items => [.. this["items"].EnumerateArray()];

    public string? NextPage => this["next_page_token"].GetString();

    public static async Task<Reply> OfAsync(HttpResponseMessage response) => new(
        (int)response.StatusCode,
        response.Content.Headers.ContentType?.MediaType ?? "",
        await response.Content.ReadAsStringAsync(),
        response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase));

    public IReadOnlyList<string?> Texts(string member) => [.. this[member].EnumerateArray().Select(item => item.GetString())];

    /// <summary>Holds the answer to be a refusal of this kind, in the one form that they have.</summary>
    public Reply Refused(int status, string code, string? field = null)
    {
        Assert.True(Status == status, $"expected {status} {code}, was {Status}: {Text}");
        Assert.Equal("application/problem+json", ContentType);
        Assert.Equal(code, this["code"].GetString());
        Assert.Equal(status, this["status"].GetInt32());
        Assert.Equal($"urn:authz:problem:{code}", this["type"].GetString());
        Assert.NotEmpty(this["title"].GetString()!);
        Assert.NotEmpty(this["detail"].GetString()!);
        if (field is not null)
        {
            Assert.True(this["errors"].TryGetProperty(field, out _), $"expected an error at {field}: {Text}");
        }
        return this;
    }

    /// <summary>Holds the answer to be an error in AuthZEN's form: a message, as a JSON string.</summary>
    public Reply RefusedInText(int status)
    {
        Is(status);
        Assert.Equal("application/json", ContentType);
        Assert.NotEmpty(Json.GetString()!);
        Assert.Equal(status == 401, Headers.ContainsKey("WWW-Authenticate"));
        return this;
    }

    public Reply Is(int status)
    {
        // Written out only where it is needed: there are answers of a hundred megabytes.
        if (Status != status)
        {
            Assert.Fail($"expected {status}, was {Status}: {Text}");
        }
        return this;
    }
}
