using AuthzCluster.Client.Tests.Support;

namespace AuthzCluster.Client.Tests.Http;

/// <summary>What becomes of ids on their way; that they arrive is in the contract's suite.</summary>
public sealed class EncodingTests
{
    // `DELETE .../roles/clerk/principals/user/..` would name another thing after a proxy, or this machine, had tidied the path.
    [Theory]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("a\nb")]
    [InlineData(null)]
    public async Task NoIds_AreRefusedHere_AndNothingIsSent(string? id)
    {
        await using var endpoint = await HttpEndpoint.StartAsync(HttpEndpoint.Json(204, ""));
        using var clients = Clients.Of(endpoint.Url);
        var principal = new Principal("user", id!);

        await RefusedAsync("role_id", () => clients.Roles.GetRoleAsync(id!));
        await RefusedAsync("role_id", () => clients.Roles.DeleteRoleAsync(id!));
        await RefusedAsync("id", () => clients.Roles.CreateRoleAsync(new Role { RoleId = id!, Name = "clerk" }));
        await RefusedAsync("role_id", () => clients.Roles.UpdateRoleAsync(new Role { RoleId = id!, Name = "clerk" }));
        await RefusedAsync("principal.id", () => clients.Roles.RevokeRoleAsync(principal, "clerk"));
        await RefusedAsync("principal.id", () => clients.Roles.AssignRoleAsync(principal, "clerk"));
        await RefusedAsync("principal.type", () => clients.Roles.AssignRoleAsync(new Principal(id!, "alice"), "clerk"));
        await RefusedAsync("principal.id", () => clients.Roles.GetPrincipalRolesAsync(principal));
        await RefusedAsync("principal.id", () => clients.Authorization.HasRoleAsync(principal, "clerk"));
        await RefusedAsync("principal.id", () => clients.Authorization.EvaluateAsync(new AccessQuestion(principal, "a:read")));
        await RefusedAsync("principal.type", () => clients.Authorization.HasRoleAsync(new Principal("a:b", "c"), "clerk"));
        await RefusedAsync("principal.id", () => clients.Authorization.HasRoleAsync(default, "clerk"));
        Assert.Empty(endpoint.Requests);
    }

    // Encoded, each would become the same other id. Not data of a theory, which cannot carry them.
    [Fact]
    public Task HalfCharacters_AreRefusedHere_AndNothingIsSent() =>
        Task.WhenAll(new[] { "\ud83d", "a\udc00\ud83d", "\ud83da" }.Select(NoIds_AreRefusedHere_AndNothingIsSent));

    [Fact]
    public async Task Address_WithAPath_KeepsIt()
    {
        await using var endpoint = await HttpEndpoint.StartAsync(HttpEndpoint.Json(204, ""));
        using var clients = Clients.Of(new Uri(endpoint.Url, "/authz/"), options => options.Tenant = "acme");

        await clients.Roles.DeleteRoleAsync("a/b", force: true);

        Assert.Equal("/authz/tenants/acme/api/v1/roles/a%2Fb?force=true", Assert.Single(endpoint.Requests).Target);
    }

    private static async Task RefusedAsync(string field, Func<Task> call) =>
        Assert.Contains(field, (await Assert.ThrowsAsync<ValidationFailedException>(call)).Fields.Keys);
}
