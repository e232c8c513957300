using System.Buffers;
using System.Text.Json.Serialization.Metadata;
using AuthzCluster.Actors.Doors;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Api.Credentials;
using AuthzCluster.Api.Json;
using AuthzCluster.Api.Manners;
using AuthzCluster.Api.Metrics;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Tenancy;
using Microsoft.AspNetCore.Http;

namespace AuthzCluster.Api.Http;

/// <summary>One request on its way through its endpoint, and the usual ways to answer it.</summary>
internal sealed class ApiRequest(HttpContext http, ApiPorts ports, PageTokens tokens, BodyMemory bodies, Door door, ApiEndpoint endpoint, Route route, string requestId)
{
    private static readonly TimeSpan RetryPlaceAfter = TimeSpan.FromMilliseconds(100);

    private byte[]? _rented;
    private long _held;
    private Caller? _caller;
    private Admission? _admission;
    private bool _isAside, _hasShare, _isSlow;
    private ReadOnlyMemory<byte>? _body;

    public HttpContext Http { get; } = http;

    public ApiPorts Ports { get; } = ports;

    public PageTokens Tokens { get; } = tokens;

    public ApiEndpoint Endpoint { get; } = endpoint;

    public TenantId Tenant { get; } = route.Tenant;

    /// <summary>The tenant, where the path names it; null: it does not.</summary>
    public TenantId? TenantOfPath => route.HasPrefix ? Tenant : null;

    /// <summary>The service's own address, as its operator says it.</summary>
    public required Func<Uri> PublicUrl { get; init; }

    public string RequestId { get; } = requestId;

    /// <summary>Whose request it is; null: an open endpoint's.</summary>
    public Admission? Admission
    {
        get => _admission;
        init => _admission = value;
    }

    /// <summary>Who tells whose it is; null: it does not last.</summary>
    public CredentialCheck? Credentials { get; init; }

    /// <summary>Where it has its place among those that are handled; null: an open endpoint's has none.</summary>
    public Places? Places { get; init; }

    /// <summary>Whose answers are read slowly; null: an open endpoint's are not counted.</summary>
    public OpenStreams? SlowReaders { get; init; }

    /// <summary>What is counted.</summary>
    public required MetricsReport Metrics { get; init; }

    /// <summary>Whether the process is about to stop.</summary>
    public bool IsDraining { get; init; }

    /// <summary>By what an answer without an end goes on; null: an open endpoint has none.</summary>
    public StreamRules? Stream { get; init; }

    public Query Query { get; init; } = Query.Empty;

    public Caller Caller => _caller ??= Admission!.Credential.CallerOf(RequestId);

    /// <summary>The refusal of all but what is the caller's own; null: it has the right.</summary>
    public AuthzError? OwnOnly { get; set; }

    /// <summary>What the request is known by to those who do it.</summary>
    public RequestKey Key
    {
        set => _caller = Caller with { Request = value };
    }

    /// <summary>The tenant in which it is decided whether the caller may.</summary>
    public TenantId DecidedIn => Endpoint.IsOfSystem ? TenantId.System : Tenant;

    /// <summary>Ends the request where it asks about another than the caller, and the caller may not, or may not be told why.</summary>
    public ValueTask RequireAskingAsync(SubjectId subject, bool why) =>
        subject == Admission!.Credential.Subject ? default : door.RequireAskingAsync(this, why);

    /// <summary>Searches, over the ports.</summary>
    public AccessSearch Search => new(Ports.Candidates, Ports.Decisions);

    /// <summary>A search as far as the caller may make it, once it was found that it may ask about its subject.</summary>
    public AccessQuery Within(AccessQuery query) => Admission!.Asking(Tenant) is { OfOthers: true } ? query : query.AboutOneself();

    /// <summary>Ends the request where the caller may not ask about others, or may not be told why.</summary>
    public ValueTask RequireAskingOfOthersAsync(bool why) => door.RequireAskingAsync(this, why);

    /// <summary>Whether the caller may be told why a decision about a subject came out as it did; once it was found that it may ask about it.</summary>
    public bool MayAskWhy(SubjectId subject) => subject == Admission!.Credential.Subject || Admission.Asking(Tenant) is { Why: true };

    /// <summary>Ends the request where the caller's credential is not valid in all of some tenants.</summary>
    public ValueTask RequireValidAsync(IReadOnlyList<TenantId> tenants) => door.RequireValidAsync(this, tenants);

    /// <summary>The value of a parameter of the path.</summary>
    public string this[string name]
    {
        get
        {
            for (var i = 0; i < Endpoint.Parameters.Count; i++)
            {
                if (Endpoint.Parameters[i] == name)
                {
                    return route.Arguments[i];
                }
            }
            throw new ArgumentOutOfRangeException(nameof(name), name, "no such parameter");
        }
    }

    /// <summary>The path of a thing, as this caller addresses it.</summary>
    public string PathOf(string kind, string id) =>
        $"{(route.HasPrefix ? $"/tenants/{Uri.EscapeDataString(Tenant.Value)}" : "")}/api/v1/{kind}/{Uri.EscapeDataString(id)}";

    /// <summary>The body's bytes, without the mark that some editors put before UTF-8; 415 where it is compressed.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> ReadBodyAsync()
    {
        MediaTypes.CheckEncoding(Http.Request.Headers.ContentEncoding);
        var body = _body ?? await ReadRawAsync();
        return body.Span.StartsWith(MediaTypes.ByteOrderMark) ? body[MediaTypes.ByteOrderMark.Length..] : body;
    }

    /// <summary>The body's bytes as they were sent, before anything of them is judged; <see cref="ReadBodyAsync"/> gives them again.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> ReadRawAsync()
    {
        var body = await BodyReader.ReadAsync(Http, Endpoint.BodyLimit, this);
        await StepBackAsync();
        _body = body;
        return body;
    }

    /// <summary>The body as JSON bytes; 415 where it says that it is something else.</summary>
    public ValueTask<ReadOnlyMemory<byte>> ReadJsonAsync()
    {
        var type = Http.Request.ContentType;
        if (type != MediaTypes.Json && MediaTypes.Of(type) is { } other && !MediaTypes.IsJson(other))
        {
            throw new ProblemException(Problem.UnsupportedMediaType($"the body must be {MediaTypes.Json}, not `{other}`"));
        }
        return ReadBodyAsync();
    }

    public async ValueTask<T> ReadAsync<T>(JsonTypeInfo<T> type) where T : class
    {
        var body = await ReadJsonAsync();
        return StrictJson.Read(body.Span, type);
    }

    /// <summary>Like <see cref="ReadAsync"/>; no body reads as an empty object.</summary>
    public async ValueTask<T> ReadOptionalAsync<T>(JsonTypeInfo<T> type) where T : class
    {
        var body = await ReadJsonAsync();
        return StrictJson.Read(body.IsEmpty ? "{}"u8 : body.Span, type);
    }

    public Task ReplyAsync<T>(T value, JsonTypeInfo<T> type, int status = StatusCodes.Status200OK) =>
        WriteAsync(status, MediaTypes.Json, (value, type), static (json, reply) => System.Text.Json.JsonSerializer.Serialize(json, reply.value, reply.type));

    /// <summary>Answers with JSON. Who reads it slowly has no place meanwhile.</summary>
    public Task WriteAsync<T>(int status, string contentType, T value, Action<System.Text.Json.Utf8JsonWriter, T> write) =>
        SendAsync(JsonReply.WriteAsync(Http, status, contentType, value, write));

    /// <summary>Answers with what is no object, compressed where it is large and may be.</summary>
    public Task ReplyBytesAsync(string contentType, ReadOnlyMemory<byte> body)
    {
        Http.Response.ContentType = contentType;
        if (CompressedAnswer.IsWanted(Http, body.Length))
        {
            return SendAsync(CompressedAnswer.WriteAsync(Http, body));
        }
        Http.Response.ContentLength = body.Length;
        return SendAsync(Http.Response.Body.WriteAsync(body).AsTask());
    }

    /// <summary>
    /// Waits until something of the answer has left. While its reader is slow others have the place, unless too many read slowly already: then it keeps it. What comes
    /// behind that is <see cref="GoOnAsync"/>'s.
    /// </summary>
    public Task SendAsync(Task writing)
    {
        if (!writing.IsCompleted && !_isAside && SlowReaders?.TryOpen(Tenant, Caller.Principal) == true)
        {
            _isSlow = true;
            StepAside();
        }
        return writing;
    }

    /// <summary>Takes the place again in the middle of an answer, which may be late but is not to be cut off for that.</summary>
    public async ValueTask GoOnAsync()
    {
        while (_isAside && await EnterAgainAsync() is not null)
        {
            await Task.Delay(RetryPlaceAfter, Http.RequestAborted);
        }
        CloseSlow();
    }

    public Task ReplyNothing()
    {
        Http.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    /// <summary>The value of a result; a refusal ends the request.</summary>
    public static T Ok<T>(Result<T> result) => result.IsOk ? result.Value : throw new ProblemException(Problem.Of(result.Error));

    /// <summary>Names this list for its tokens: the endpoint, the tenant and what is filtered by.</summary>
    public string ListName(params string?[] filters) =>
        string.Join('\n', [Endpoint.Pattern, Tenant.Value, .. route.Arguments, .. filters.Select(filter => filter is null ? "-" : "+" + Uri.EscapeDataString(filter))]);

    /// <summary>Counts this among the requests of its credential; false: it has too many.</summary>
    public bool TryTakeShare() => Places is null || (_hasShare = Admission!.Share.TryTake(Places.Share));

    /// <summary>Gives the place up while the sender is waited for: who is slow keeps nobody from being handled.</summary>
    public void StepAside()
    {
        if (Places is not null && !_isAside)
        {
            Leave(Places);
            _isAside = true;
        }
    }

    /// <summary>Takes the place again that was given up, if it was.</summary>
    public ValueTask StepBackAsync() => _isAside ? BackAsync() : default;

    /// <summary>Has the credential of a request that lasts judged anew, as often as that of one that is sent again would be.</summary>
    public async ValueTask RenewAsync()
    {
        if (_admission is not { } known || Credentials is null || known.IsRecent(Ports.Clock))
        {
            return;
        }
        var finding = Credentials.FindAsync(Http.Request.Headers.Authorization);
        if (!finding.IsCompleted)
        {
            StepAside();
        }
        var found = await finding ?? throw new ProblemException(Problem.Unauthenticated());
        if (found == known)
        {
            return;
        }
        // The place too is its share's.
        StepAside();
        (_admission, _caller) = (found, null);
        await StepBackAsync();
        await door.AdmitAsync(this);
    }

    /// <summary>Takes note of a rented array, to give it back in the end.</summary>
    public void Keep(byte[] rented) => _rented = rented;

    /// <summary>Takes as much of the memory of large bodies, instead of what it had of it. Throws 503 where there is no room.</summary>
    public void Hold(long bytes) => bodies.Take(ref _held, bytes);

    /// <summary>Gives back what was rented and held, and the place.</summary>
    public void Done()
    {
        if (_held > 0)
        {
            bodies.Give(ref _held);
        }
        CloseSlow();
        if (_rented is { } bytes)
        {
            _rented = null;
            ArrayPool<byte>.Shared.Return(bytes);
        }
        if (Places is not null && !_isAside)
        {
            Leave(Places);
        }
    }

    private void Leave(Places places)
    {
        places.Leave();
        if (_hasShare)
        {
            _hasShare = false;
            Admission!.Share.Give();
        }
    }

    private async ValueTask BackAsync()
    {
        if (await EnterAgainAsync() is { } problem)
        {
            throw new ProblemException(problem);
        }
    }

    // Without a share of its own it has no place either.
    private async ValueTask<Problem?> EnterAgainAsync()
    {
        if (!Places!.TryEnter() && !await Places.EnterAsync())
        {
            return Problem.Busy;
        }
        _isAside = false;
        if (TryTakeShare())
        {
            return null;
        }
        StepAside();
        return Problem.ShareTaken;
    }

    private void CloseSlow()
    {
        if (_isSlow)
        {
            _isSlow = false;
            SlowReaders!.Close(Tenant, Caller.Principal);
        }
    }
}
