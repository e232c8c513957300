using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace AuthzCluster.Http.Tests.Support;

/// <summary>Sends requests under a path prefix and takes in the answers whole.</summary>
public sealed class ApiClient(HttpClient http, string prefix)
{
    public string Tenant { get; init; } = "default";

    /// <summary>In place of the client's own credential; null: that one.</summary>
    public string? Token { get; init; }

    /// <summary>The same, for the same tenant, with another credential.</summary>
    public ApiClient As(string token) => new(http, prefix) { Tenant = Tenant, Token = token };

    public Task<Reply> GetAsync(string path, params (string, string)[] headers) => SendAsync("GET", path, null, headers);

    public Task<Reply> PostAsync(string path, object body, params (string, string)[] headers) => SendAsync("POST", path, body, headers);

    public Task<Reply> PutAsync(string path, object? body, params (string, string)[] headers) => SendAsync("PUT", path, body, headers);

    public Task<Reply> PatchAsync(string path, object body, params (string, string)[] headers) => SendAsync("PATCH", path, body, headers);

    public Task<Reply> DeleteAsync(string path, params (string, string)[] headers) => SendAsync("DELETE", path, null, headers);

    /// <summary>A string is sent as it is, anything else as its JSON.</summary>
    public async Task<Reply> SendAsync(string method, string path, object? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), prefix + path);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body as byte[] ?? Encoding.UTF8.GetBytes(body as string ?? JsonSerializer.Serialize(body)));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }
        if (Token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        }
        foreach (var (name, value) in headers)
        {
            if (name == "Content-Type")
            {
                request.Content!.Headers.Remove(name);
                request.Content.Headers.TryAddWithoutValidation(name, value);
                continue;
            }
            request.Headers.Remove(name);
            request.Headers.TryAddWithoutValidation(name, value);
        }
        using var response = await http.SendAsync(request);
        return await Reply.OfAsync(response);
    }

    /// <summary>Makes a role; answers its id.</summary>
    public async Task<string> RoleAsync(string name, params string[] permissions)
    {
        var reply = await PostAsync("/api/v1/roles", new { name, permissions });
        Assert.Equal(201, reply.Status);
        return reply["id"].GetString()!;
    }

    /// <summary>Gives a role to a user.</summary>
    public async Task<Reply> AssignAsync(string role, string user)
    {
        var reply = await PostAsync($"/api/v1/roles/{Uri.EscapeDataString(role)}/assign", new { user_id = user });
        Assert.Equal(200, reply.Status);
        return reply;
    }

    /// <summary>The decision of a question.</summary>
    public async Task<Reply> AskAsync(object question) => (await PostAsync("/api/v1/authorization/evaluate", question)).Is(200);

    /// <summary>The reason of a decision.</summary>
    public async Task<string> ReasonAsync(string user, string permission)
    {
        var reply = await AskAsync(new { user, permission });
        Assert.Equal(reply["decision"].GetBoolean(), reply["allow"].GetBoolean());
        return reply["reason"].GetString()!;
    }
}
