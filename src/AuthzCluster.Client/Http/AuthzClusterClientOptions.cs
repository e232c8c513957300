namespace AuthzCluster.Client;

/// <summary>How the client reaches a server, embedded or gateway. Checked when the host starts; a bad value says its name.</summary>
public sealed class AuthzClusterClientOptions
{
    /// <summary>The server's address, such as <c>http://127.0.0.1:8080</c>; a path in it is kept, for a server behind a proxy. Required.</summary>
    public Uri? Address { get; set; }

    /// <summary>The API key or other bearer token. This or <see cref="TokenProvider"/> is required.</summary>
    public string? ApiKey { get; set; }

    /// <summary>
    /// Gives the bearer token of each request, repeats too, for tokens that change: it is asked every time, so it should
    /// keep its token while that is good. Its time is part of the deadline.
    /// </summary>
    public Func<CancellationToken, ValueTask<string>>? TokenProvider { get; set; }

    /// <summary>The tenant. Default: <c>default</c>; <c>ForTenant</c> of the clients gives others.</summary>
    public string Tenant { get; set; } = "default";

    /// <summary>When a call is over, repeats and waiting included; of a list that has many pages, each page. 1 ms to 1 day. Default: 5 seconds.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How often a request is repeated at most, where there was no connection, no answer, or the server said to come later
    /// (429, 502, 503, 504). 0 to 100. Default: 3.
    /// </summary>
    public int Retries { get; set; } = 3;

    /// <summary>
    /// The longest wait before the first repeat, doubled for each further one up to 20 times it; each wait is a random part
    /// of that, on top of what the server's <c>Retry-After</c> asks for. 0 to 1 minute. Default: 50 ms.
    /// </summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Changes how connections are made: proxies, certificates, their number. Null: as usual.</summary>
    public Action<SocketsHttpHandler>? ConfigureHandler { get; set; }
}
