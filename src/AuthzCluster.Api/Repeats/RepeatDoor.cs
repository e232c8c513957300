using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Views;
using AuthzCluster.Api.Http;
using AuthzCluster.Domain.Errors;
using Microsoft.Extensions.Primitives;

namespace AuthzCluster.Api.Repeats;

/// <summary>
/// Writes with an <c>Idempotency-Key</c>. The whole answer to one that was done is kept and given again, byte for byte; beneath that the
/// actors keep the request with the commit that does it, so that it is done once though its answer was never kept. Errors are not kept: they
/// changed nothing. It stands behind the <see cref="Door"/>: who may not any more is not told either.
/// </summary>
internal sealed class RepeatDoor(IAnswers answers, TimeProvider clock)
{
    public const string Header = "Idempotency-Key";

    private const int LongestKey = 255;
    private const string Replayed = "Idempotency-Replayed";

    // Packed. What is larger (the report of a huge import) is made again of what the actors keep.
    private const int LargestKept = 4 * 1024 * 1024;

    private readonly UnderWay _underWay = new(clock);

    /// <summary>Answers a request of this key.</summary>
    public async Task RunAsync(ApiRequest request, StringValues keys)
    {
        var key = Checked(keys);
        var id = RequestName.IdOf(request, key);
        var fingerprint = RequestName.FingerprintOf(request, (await request.ReadRawAsync()).Span);
        var box = new AnswerBox(id, key, request.Http.Request.Headers.Authorization.ToString(), fingerprint);
        await _underWay.EnterAsync(id, request.Http.RequestAborted);
        try
        {
            await (await FindAsync(request, id, fingerprint, box) ?? await DoAsync(request, id, fingerprint, box)).SendAsync(request.Http);
        }
        finally
        {
            _underWay.Leave(id);
        }
    }

    private static string Checked(StringValues keys) =>
        keys is not [{ } key] ? throw ProblemException.Invalid(Header, "must be given once only")
        : key.Length is 0 or > LongestKey || key.AsSpan().IndexOfAnyExceptInRange('!', '~') >= 0
            ? throw ProblemException.Invalid(Header, $"must be 1 to {LongestKey} visible ASCII characters")
        : key;

    private async Task<WholeReply?> FindAsync(ApiRequest request, string id, byte[] fingerprint, AnswerBox box)
    {
        if (ApiRequest.Ok(await answers.FindAsync(request.DecidedIn, id)) is not { } kept)
        {
            return null;
        }
        if (!kept.Fingerprint.AsSpan().SequenceEqual(fingerprint))
        {
            throw new ProblemException(Problem.Of(new AuthzError(ErrorCode.InvalidState, $"another request was made under this `{Header}`")));
        }
        return Replay(request, box.Take(kept.Answer.AsSpan()));
    }

    private async Task<WholeReply> DoAsync(ApiRequest request, string id, byte[] fingerprint, AnswerBox box)
    {
        request.Key = new RequestKey(request.DecidedIn, id, [.. fingerprint]) { MayBeRepeat = true };
        var reply = await WholeReply.TakeAsync(request.Http, () => request.Endpoint.Handler(request));
        if (reply.Status is < 200 or > 299 || box.Put(reply, request.Endpoint.TellsSecret) is not { Length: <= LargestKept } answer)
        {
            return reply;
        }
        // That it cannot be kept is no reason not to give it: it was done, and the actors know.
        var kept = await answers.KeepAsync(request.DecidedIn, id, new KeptAnswer([.. fingerprint], [.. answer]));
        return kept.IsOk && !kept.Value.Answer.AsSpan().SequenceEqual(answer) && kept.Value.Fingerprint.AsSpan().SequenceEqual(fingerprint)
            ? Replay(request, box.Take(kept.Value.Answer.AsSpan())) ?? reply
            : reply;
    }

    private static WholeReply? Replay(ApiRequest request, WholeReply? reply)
    {
        if (reply is not null)
        {
            request.Http.Response.Headers[Replayed] = "true";
        }
        return reply;
    }
}
