using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Api.Http;

/// <summary>One endpoint: what the request must be like, and who answers it.</summary>
public sealed class ApiEndpoint
{
    /// <summary>The size that most bodies may have, in bytes.</summary>
    public const int UsualBody = 1024 * 1024;

    internal ApiEndpoint(string method, string pattern, Func<ApiRequest, Task> handler, Permission? right)
    {
        Right = right;
        Method = method;
        Pattern = pattern;
        Handler = handler;
        Parameters = [.. pattern.Split('/').Where(part => part.StartsWith('{')).Select(part => part.Trim('{', '}'))];
    }

    /// <summary>The HTTP method.</summary>
    public string Method { get; }

    /// <summary>
    /// The path without a tenant's prefix; a segment in braces takes an id. What starts with <c>/api/v1</c> is there
    /// without the <c>/v1</c> too.
    /// </summary>
    public string Pattern { get; }

    /// <summary>What the caller needs in the tenant; null: nothing (an open endpoint), or it depends on what is asked.</summary>
    public Permission? Right { get; }

    /// <summary>What the tenant's edition must have; where it depends on the request, what every such request needs.</summary>
    public required Feature Feature { get; init; }

    /// <summary>Whether <see cref="Right"/> is asked in <c>system</c>, whatever the tenant of the request.</summary>
    public bool IsOfSystem { get; init; }

    /// <summary>Whether <see cref="Right"/> is asked again with the scope of the grant in question, where it is known: in the turn that writes.</summary>
    public bool IsScoped { get; init; }

    /// <summary>Whether a caller without <see cref="Right"/> may use it on what is its own, which it judges itself (<see cref="ApiRequest.OwnOnly"/>).</summary>
    public bool IsForOwnToo { get; init; }

    /// <summary>Whether it answers questions: about the caller itself it answers everybody.</summary>
    public bool IsQuestion { get; init; }

    /// <summary>Whether it speaks AuthZEN: its errors have a JSON string as body, and what is not known in a request is ignored.</summary>
    public bool IsAuthZen { get; init; }

    /// <summary>Whether it may change something, so that its <c>Idempotency-Key</c> counts.</summary>
    public bool IsWrite => Method != "GET" && !IsQuestion && !IsOpen && !ChangesNothing;

    /// <summary>Whether it changes nothing, whatever its method, though it is for administrators.</summary>
    public bool ChangesNothing { get; init; }

    /// <summary>Whether its answer has a secret, which must not be readable where it is kept.</summary>
    public bool TellsSecret { get; init; }

    /// <summary>Whether its <c>If-Match</c> counts.</summary>
    public bool TakesIfMatch { get; init; }

    /// <summary>Whether it goes on behind the event that <c>Last-Event-ID</c> names.</summary>
    public bool Resumes { get; init; }

    /// <summary>The names that the query may have.</summary>
    public IReadOnlyList<string> Query { get; init; } = [];

    /// <summary>The largest body, in bytes.</summary>
    public int BodyLimit { get; init; } = UsualBody;

    /// <summary>Whether it answers anybody.</summary>
    public bool IsOpen { get; init; }

    /// <summary>The names in braces, in order.</summary>
    public IReadOnlyList<string> Parameters { get; }

    internal Func<ApiRequest, Task> Handler { get; }
}
