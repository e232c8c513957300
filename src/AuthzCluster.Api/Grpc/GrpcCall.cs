using AuthzCluster.Api.Http;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace AuthzCluster.Api.Grpc;

/// <summary>One call: its messages in and out, and how it ends. It ends once, by whoever is first; after that nothing more is written.</summary>
internal sealed class GrpcCall : IDisposable
{
    private const string Timeout = "grpc-timeout", Encoding = "grpc-encoding", AcceptEncoding = "grpc-accept-encoding";

    private readonly HttpContext _http;
    private readonly CancellationTokenSource? _expiry;
    private readonly FrameReader _frames;
    private int _hasEnded;

    /// <summary>A call that came in. What is wrong with its headers is its <see cref="Fault"/>.</summary>
    public GrpcCall(HttpContext http, GrpcServer server)
    {
        (_http, Server) = (http, server);
        var headers = http.Request.Headers;
        if (headers.TryGetValue(Timeout, out var texts))
        {
            if (GrpcTimeout.TryParse(texts.ToString(), out var timeout))
            {
                _expiry = new CancellationTokenSource(timeout);
            }
            else
            {
                Fault = Problem.Invalid(Timeout, "must be at most eight digits and one of H, M, S, m, u, n");
            }
        }
        var encoding = headers[Encoding].ToString();
        if (encoding is not ("" or "identity" or "gzip"))
        {
            Fault ??= GrpcProblems.Unimplemented($"messages are not read in `{Encoding}: {encoding}`: send identity or gzip");
            http.Response.Headers[AcceptEncoding] = "identity,gzip";
        }
        _frames = new FrameReader(http, server.Api.Bodies, encoding == "gzip");
    }

    /// <summary>Who answers it.</summary>
    public GrpcServer Server { get; }

    /// <summary>What is wrong with the call as such; null: nothing.</summary>
    public Problem? Fault { get; }

    /// <summary>Whether its caller waits for so long only.</summary>
    public bool HasDeadline => _expiry is not null;

    /// <summary>Cancelled at the deadline.</summary>
    public CancellationToken Expired => _expiry?.Token ?? default;

    /// <summary>Whether its answers are many: then whoever writes them ends it, at its deadline too.</summary>
    public bool IsStream { get; private set; }

    /// <summary>How it ended, as the status that the answer to a request would have; 200 until then.</summary>
    public int HttpStatus { get; private set; } = StatusCodes.Status200OK;

    /// <summary>The call of a request.</summary>
    public static GrpcCall Of(ApiRequest request) => request.Http.Features.Get<GrpcCall>()!;

    /// <summary>The one message of a call that has one. The request gives up its place while its caller is slow.</summary>
    public async ValueTask<T> ReadOneAsync<T>(ApiRequest request) where T : class, IMessage<T>, new()
    {
        var message = await _frames.ReadOneAsync<T>(request, request.Endpoint.BodyLimit, Expired);
        await request.StepBackAsync();
        return message;
    }

    /// <summary>Answers messages as they come, some at a time, until there are no more, the deadline, or the process stops. Whose credential ends is answered no longer.</summary>
    public async Task AnswerManyAsync<T>(ApiRequest request, int most, Func<List<T>, Task> answer) where T : class, IMessage<T>, new()
    {
        var caller = request.Caller.Principal;
        if (!Server.Streams.TryOpen(request.Tenant, caller))
        {
            throw new ProblemException(GrpcProblems.TooManyStreams);
        }
        try
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(Expired, Server.Drain.Ending);
            await BeginStreamAsync(request);
            var (messages, isFirst) = (new List<T>(), true);
            while (await ReadManyAsync(request, messages, most, stop.Token))
            {
                await request.StepBackAsync();
                await request.RenewAsync();
                // The call itself was counted when it came.
                if (!isFirst && request.Admission is { } admission && !admission.Share.TrySpend())
                {
                    throw new ProblemException(Problem.RateLimited);
                }
                isFirst = false;
                await answer(messages);
                messages.Clear();
            }
            End();
        }
        finally
        {
            Server.Streams.Close(request.Tenant, caller);
        }
    }

    /// <summary>Begins to answer with many messages: the caller is told that it was taken.</summary>
    public async Task BeginStreamAsync(ApiRequest request)
    {
        IsStream = true;
        // Who streams may well have nothing to ask for a while. It can only be taken away.
        if (_http.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = null;
        }
        await FlushAsync(request);
    }

    /// <summary>Puts a message to what is to be sent.</summary>
    public void Write(IMessage message) => FrameWriter.Write(_http.Response.BodyWriter, message);

    /// <summary>Sends what was put; waits for a caller that does not read, without a place meanwhile.</summary>
    public async ValueTask FlushAsync(ApiRequest request)
    {
        var flush = _http.Response.BodyWriter.FlushAsync(_http.RequestAborted);
        if (!flush.IsCompleted)
        {
            request.StepAside();
        }
        await flush;
    }

    /// <summary>Answers with one message, and ends well.</summary>
    public void Send(IMessage message)
    {
        if (TryEnd())
        {
            Write(message);
            StatusWriter.Append(_http);
        }
    }

    /// <summary>Ends with an error.</summary>
    public Task FailAsync(Problem problem)
    {
        if (TryEnd())
        {
            HttpStatus = problem.Status;
            StatusWriter.Write(_http, problem);
        }
        return Task.CompletedTask;
    }

    /// <summary>Ends at its deadline, though its answer is still being made.</summary>
    public async Task ExpireAsync()
    {
        if (TryEnd())
        {
            HttpStatus = GrpcProblems.DeadlineExceeded.Status;
            StatusWriter.Write(_http, GrpcProblems.DeadlineExceeded);
            await _http.Response.CompleteAsync();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _frames.Dispose();
        _expiry?.Dispose();
    }

    // Waits for messages and takes those that have come, at most so many; false: there are no more. The request gives up its place while it waits, and has to
    // take it again.
    private ValueTask<bool> ReadManyAsync<T>(ApiRequest request, List<T> messages, int most, CancellationToken stop) where T : class, IMessage<T>, new() =>
        _frames.ReadManyAsync(request, request.Endpoint.BodyLimit, messages, most, stop);

    private void End()
    {
        if (TryEnd())
        {
            StatusWriter.Append(_http);
        }
    }

    private bool TryEnd() => Interlocked.Exchange(ref _hasEnded, 1) == 0;
}
