using System.Reflection;
using AuthzCluster.Api.Endpoints;
using AuthzCluster.Api.Http;
using AuthzCluster.Domain.Administration;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Http.Tests.Door;

/// <summary>Every endpoint of the table, by callers who may and who may not.</summary>
public sealed class DoorTests(TimedServerFixture server) : IClassFixture<TimedServerFixture>
{
    // Whoever is asked for their credential first says nothing of this body.
    private const string Garbage = "{\"no such member\":";

    private static readonly ApiEndpoint[] Protected = [.. ApiEndpoints.All.Where(endpoint => !endpoint.IsOpen)];

    // The figures of the process are nobody's in particular: whoever has a credential may read them, in whichever tenant.
    private static readonly ApiEndpoint[] OfTenants = [.. Protected.Where(endpoint => endpoint.Pattern != "/metrics")];

    private static readonly string[] AllRights = [.. typeof(Rights).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => field.GetValue(null)).OfType<Permission>().Select(right => right.ToString()).Distinct()];

    [Fact]
    public void Table_EveryEndpoint_IsOpenOrAQuestionOrNeedsARight() =>
        Assert.All(OfTenants, endpoint => Assert.True(endpoint.IsQuestion || endpoint.Right is not null, endpoint.Pattern));

    [Fact]
    public async Task Endpoint_WithoutACredential_Is401()
    {
        var api = await server.TenantAsync();
        foreach (var endpoint in Protected)
        {
            var reply = await SendAsync(api.As(""), endpoint);
            _ = endpoint.IsAuthZen ? reply.RefusedInText(401) : reply.Refused(401, "unauthenticated");
        }
    }

    [Fact]
    public async Task Endpoint_OfACallerWithoutRights_Is403WhateverTheBodyAndChangesNothing()
    {
        var api = await TenantAsync();
        var before = await DigestAsync(api);
        var nobody = api.As(server.TokenOf("nobody", api.Tenant, "system"));
        foreach (var endpoint in OfTenants.Where(endpoint => !endpoint.IsQuestion))
        {
            foreach (var body in new[] { Garbage, """{"name": "made", "user_id": "nobody", "id": "made", "roles": [{"name": "made"}]}""" })
            {
                Refused(endpoint, await SendAsync(nobody, endpoint, body));
            }
        }
        Assert.Equal(before, await DigestAsync(api));
    }

    [Fact]
    public async Task Endpoint_OfACallerWithEveryRightButItsOwn_Is403()
    {
        var api = await TenantAsync();
        foreach (var group in Protected.Where(endpoint => endpoint.Right is not null).GroupBy(endpoint => endpoint.Right!.ToString()))
        {
            var caller = await CallerAsync(api, [.. AllRights.Where(right => right != group.Key), "invoices:read"]);
            foreach (var endpoint in group)
            {
                Refused(endpoint, await SendAsync(caller, endpoint));
            }
        }
    }

    [Fact]
    public async Task Endpoint_OfACallerWithItsRightAlone_IsNotRefusedAtTheDoor()
    {
        var api = await TenantAsync();
        foreach (var group in Protected.Where(endpoint => endpoint.Right is not null).GroupBy(endpoint => endpoint.Right!.ToString()))
        {
            var caller = await CallerAsync(api, group.Key);
            foreach (var endpoint in group)
            {
                var reply = await SendAsync(caller, endpoint);
                Assert.True(reply.Status is not (401 or 403 or >= 500), $"{endpoint.Method} {endpoint.Pattern}: {reply.Status} {reply.Text}");
            }
        }
    }

    [Fact]
    public async Task Endpoint_InATenantThatTheCredentialIsNotFor_Is403()
    {
        var (here, there) = (await TenantAsync(), await server.TenantAsync());
        await there.AssignAsync("tenant_admin", "sue");
        await new ApiClient(server.Http, "/tenants/system").AssignAsync("super_admin", "sue");
        // She administers all tenants, but this token is not for here, and not for `system`.
        var sue = here.As(server.TokenOf("sue", there.Tenant));
        await here.AssignAsync("super_admin", "sue");
        foreach (var endpoint in Protected)
        {
            var self = endpoint.IsQuestion ? """{"user": "sue", "permission": "a:b"}""" : Garbage;
            Refused(endpoint, await SendAsync(sue, endpoint, self));
        }
    }

    [Fact]
    public async Task Tenants_AreDecidedInSystemWhateverTheTenantOfTheRequest()
    {
        var api = await TenantAsync();
        var local = api.As(server.TokenOf("local", api.Tenant));
        await api.AssignAsync("super_admin", "local");
        var system = new ApiClient(server.Http, "/tenants/system");
        await system.RoleAsync("keeper", "authz.tenants:read");
        await system.AssignAsync("keeper", "keeper");
        var keeper = api.As(server.TokenOf("keeper", "system"));

        (await local.GetAsync("/api/v1/tenants")).Refused(403, "forbidden");
        (await api.As(server.TokenOf("local", api.Tenant, "system")).GetAsync("/api/v1/tenants")).Refused(403, "forbidden");
        (await keeper.GetAsync("/api/v1/tenants")).Is(200);
        (await keeper.GetAsync($"/api/v1/tenants/{api.Tenant}")).Is(200);
        (await keeper.PatchAsync($"/api/v1/tenants/{api.Tenant}", new { display_name = "x" })).Refused(403, "forbidden");
        (await keeper.GetAsync("/api/v1/roles")).Refused(403, "forbidden");
    }

    [Fact]
    public async Task UnknownTenant_IsToldToWhoAdministersSystemOnly()
    {
        const string gone = "there-is-none";
        var nowhere = new ApiClient(server.Http, $"/tenants/{gone}") { Tenant = gone };
        var other = nowhere.As(server.TokenOf("ann", gone, "system"));
        foreach (var endpoint in OfTenants.Where(endpoint => !endpoint.IsOfSystem))
        {
            var self = endpoint.IsQuestion ? """{"user": "ann", "permission": "a:b"}""" : Garbage;
            Refused(endpoint, await SendAsync(other, endpoint, self));
            var told = await SendAsync(nowhere, endpoint, self);
            Assert.True(told.Status == 404, $"{endpoint.Method} {endpoint.Pattern}: {told.Status} {told.Text}");
        }
        (await other.PostAsync("/api/v1/authorization/evaluate/batch", """{"evaluations": []}""")).Refused(403, "forbidden");
        (await nowhere.PostAsync("/api/v1/authorization/evaluate/batch", """{"evaluations": []}""")).Refused(404, "tenant_not_found");
    }

    private static void Refused(ApiEndpoint endpoint, Reply reply)
    {
        Assert.True(reply.Status == 403, $"{endpoint.Method} {endpoint.Pattern}: {reply.Status} {reply.Text}");
        _ = endpoint.IsAuthZen ? reply.RefusedInText(403) : reply.Refused(403, "forbidden");
    }

    private static Task<Reply> SendAsync(ApiClient api, ApiEndpoint endpoint, string body = Garbage)
    {
        var path = string.Join('/', endpoint.Pattern.Split('/').Select(part => !part.StartsWith('{') ? part : part switch
        {
            "{permission}" => "a:b",
            "{type}" => "user",
            "{role}" => "clerk",
            "{user}" => endpoint.IsQuestion ? "ann" : "eve",
            _ => "none-such",
        }));
        // A stream does not end by itself.
        path += endpoint.Query.Contains("follow") ? "?follow=false" : "";
        return api.SendAsync(endpoint.Method, path, endpoint.Method is "GET" or "DELETE" ? null : body);
    }

    /// <summary>A tenant with somebody in a role; what is done to it would show.</summary>
    private async Task<ApiClient> TenantAsync()
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("clerk", "invoices:read");
        await api.AssignAsync("clerk", "zoe");
        return api;
    }

    /// <summary>A caller who holds just these, here and in <c>system</c>.</summary>
    private async Task<ApiClient> CallerAsync(ApiClient api, params string[] rights)
    {
        var user = Guid.NewGuid().ToString("n");
        foreach (var tenant in new[] { api, new ApiClient(server.Http, "/tenants/system") })
        {
            await tenant.RoleAsync($"rights of {user}", rights);
            await tenant.AssignAsync($"rights of {user}", user);
        }
        return api.As(server.TokenOf(user, api.Tenant, "system"));
    }

    private static async Task<string> DigestAsync(ApiClient api) => string.Join('\n',
        (await api.GetAsync("/api/v1/export")).Is(200).Text,
        (await api.GetAsync("/api/v1/roles/clerk/assignments")).Is(200).Text,
        (await api.GetAsync("/api/v1/tenants/none-such")).Text.Contains("not_found", StringComparison.Ordinal));
}
