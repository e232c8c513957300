using System.Security.Cryptography;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Policies.Outside;
using AuthzCluster.Hosting.Background;

namespace AuthzCluster.Hosting.Opa;

/// <summary>Asks Open Policy Agent servers, those that the operator allows and no others.</summary>
public sealed class OpaEngine : IOutsideEngine, IDisposable
{
    /// <summary>The name of the meter of its instruments.</summary>
    public const string MeterName = OpaMeter.MeterName;

    private readonly OpaClient _client;
    private readonly OpaServer[] _servers;
    private readonly OpaCache _cache;
    private readonly FaultLog _faults;
    private readonly TimeProvider _time;

    /// <summary>One that has asked nothing yet.</summary>
    /// <param name="options">Already checked; one address at least.</param>
    /// <param name="faults">Is told which server fails.</param>
    /// <param name="time">By which answers are kept, and failing servers are left alone.</param>
    /// <exception cref="StartRefusedException">A file cannot be read.</exception>
    public OpaEngine(OpaOptions options, FaultLog faults, TimeProvider time)
        : this(options, faults, time, TimeProvider.System)
    {
    }

    // Policy servers are waited for by the time of machines, whatever clock the service goes by.
    internal OpaEngine(OpaOptions options, FaultLog faults, TimeProvider time, TimeProvider patience)
    {
        (_faults, _time) = (faults, time);
        _client = new OpaClient(options);
        _servers = [.. options.Urls.Select(OutsideAddress.Normal).Distinct(StringComparer.Ordinal).Select(url => new OpaServer(url, _client, options, time, patience))];
        _cache = new OpaCache(options.Keep, options.MostKept, time);
        OpaMeter.Add(this);
    }

    /// <summary>One for a node; null: no server is allowed.</summary>
    public static OpaEngine? Of(OpaOptions options, FaultLog faults, TimeProvider time) => options.Urls.Count == 0 ? null : new OpaEngine(options, faults, time);

    /// <summary>How many answers are kept or under way.</summary>
    internal int KeptAnswers => _cache.Count;

    internal int OpenBreakers => _servers.Sum(server => server.OpenBreakers);

    /// <summary>Of how many tenants questions are under way or wait, counted for each server.</summary>
    internal int TenantsHere => _servers.Sum(server => server.TenantsHere);

    /// <inheritdoc/>
    public async ValueTask<OutsideAnswer> AskAsync(OutsideCall call)
    {
        if (call.Question.Path.Length == 0)
        {
            return OutsideAnswer.Failed("the tenant's setting opa.path is missing", _time.GetUtcNow());
        }
        var server = call.Url is null ? _servers[0] : Array.Find(_servers, server => server.Url == call.Url);
        if (server is null)
        {
            return OutsideAnswer.Failed("the policy server is none that this server's operator allows", _time.GetUtcNow());
        }
        var body = OpaBody.Write(call);
        var answer = await _cache.GetAsync(OpaKey.Of(call, server.Url, SHA256.HashData(body)), until => AskAsync(server, call, body, until), out var isKept).ConfigureAwait(false);
        if (isKept)
        {
            OpaMeter.Kept.Add(1);
        }
        return answer;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        OpaMeter.Remove(this);
        foreach (var server in _servers)
        {
            server.Dispose();
        }
        _client.Dispose();
    }

    private async Task<OutsideAnswer> AskAsync(OpaServer server, OutsideCall call, byte[] body, DateTimeOffset until)
    {
        var asked = _time.GetTimestamp();
        var reply = await server.AskAsync(call.Tenant, call.Question.Path, body).ConfigureAwait(false);
        OpaMeter.Duration.Record(_time.GetElapsedTime(asked).TotalSeconds, new("answer", Text(reply)), new("url", server.Url));
        var what = $"asking the policy server {server.Url} for the tenant {call.Tenant}";
        if (reply.IsOutage)
        {
            _faults.Report(what, reply.Problem!);
        }
        else if (reply.Problem is null)
        {
            _faults.Works(what);
        }
        return reply.Problem is { } problem ? OutsideAnswer.Failed(problem, _time.GetUtcNow()) : new OutsideAnswer(reply.Truth, until) { IsUndefined = reply.IsUndefined };
    }

    private static string Text(OpaReply reply) => reply.IsUndefined ? "undefined" : reply.IsUnasked ? "unasked" : reply.Truth switch
    {
        Truth.True => "true",
        Truth.False => "false",
        _ => "error",
    };
}
