namespace AuthzCluster.Http.Tests.Support;

/// <summary>One real server for all tests that do not need their own, on a free port. Tests part by tenant.</summary>
public class ServerFixture : IAsyncLifetime
{
    private IRunningServer? _server;
    private int _tenants;

    public ServerFixture()
    {
    }

    protected ServerFixture(SettableTime time) => Time = time;

    /// <summary>The server's clock; null: the real one.</summary>
    public SettableTime? Time { get; }

    public HttpClient Http { get; private set; } = null!;

    public Uri Url => _server!.Url;

    public Uri GrpcUrl => _server!.GrpcUrl;

    public string Key => _server!.Key;

    /// <summary>Whose tokens the server takes.</summary>
    public TestIssuer Issuer { get; } = new();

    /// <summary>A token of <c>user:USER</c>, valid in these tenants.</summary>
    public string TokenOf(string user, params string[] tenants) => Time is null ? Issuer.TokenOf(user, tenants) : Issuer.Token(TestIssuer.Claims(user, Time.GetUtcNow(), tenants));

    public async Task InitializeAsync()
    {
        _server = await ServerHost.StartAsync(new() { Jwt = Issuer.Options }, Time);
        Http = new HttpClient { BaseAddress = Url };
        Http.DefaultRequestHeaders.Authorization = new("Bearer", Key);
    }

    public async Task DisposeAsync()
    {
        Http.Dispose();
        await _server!.DisposeAsync();
    }

    /// <summary>A new tenant and a client that speaks for it.</summary>
    public Task<ApiClient> TenantAsync() => TenantAsync(["standard"]);

    /// <summary>A new tenant with these packs.</summary>
    public async Task<ApiClient> TenantAsync(IReadOnlyList<string> packs)
    {
        var id = $"t{Interlocked.Increment(ref _tenants)}";
        (await new ApiClient(Http, "").PostAsync("/api/v1/tenants", new { id, packs })).Is(201);
        return new ApiClient(Http, $"/tenants/{id}") { Tenant = id };
    }
}
