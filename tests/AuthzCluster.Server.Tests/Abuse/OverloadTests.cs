using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Views;
using AuthzCluster.Api.Serving;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Http.Tests.Support;
using AuthzCluster.Server.Tests.Support;

namespace AuthzCluster.Server.Tests.Abuse;

/// <summary>More requests than are handled at once: some wait, the others are told to come again, and nobody takes everything.</summary>
public sealed class OverloadTests
{
    private const string Slow = "/api/v1/roles/held", Evaluate = "/api/v1/authorization/evaluate", Question = """{"user":"a","permission":"a:b"}""";
    private static readonly TimeSpan Patient = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Requests_MoreThanPlacesAndQueue_AreToldToComeAgainAtOnce()
    {
        var held = new Held(4);
        await using var server = await FaultyServer.StartAsync(held.Answer, new HttpServing { MaxRequests = 4, MaxQueue = 1, QueueTime = Patient });
        var other = server.Api.As(await KeyAsync(server));
        var under = new[] { server.Api, server.Api, other, other }.Select(api => api.GetAsync(Slow)).ToList();
        await held.AllUnderWay;

        // One of these waits, the other has nothing looked at: neither its credential nor its body, of which no byte is sent.
        var two = new[] { RawAsync(server, "nobody's"), RawAsync(server, "nobody's") };
        var refused = await Task.WhenAny(two);

        Assert.Equal(503, refused.Result.Status);
        Assert.Contains("\r\nRetry-After: 1\r\n", refused.Result.Text, StringComparison.Ordinal);
        Assert.Contains("\"code\":\"unavailable\"", refused.Result.Text, StringComparison.Ordinal);
        (await server.Api.GetAsync("/health/live")).Is(200);
        (await server.Api.GetAsync("/health/ready")).Is(200);
        held.Release();
        Assert.All(await Task.WhenAll(under), reply => reply.Refused(404, "role_not_found"));
        Assert.Equal(401, (await two.Single(answer => answer != refused)).Status);
    }

    [Fact]
    public async Task Requests_ThatWait_AreAnsweredWhenOthersAre()
    {
        var held = new Held(2);
        await using var server = await FaultyServer.StartAsync(held.Answer, new HttpServing { MaxRequests = 2, MaxQueue = 10, QueueTime = Patient });
        var other = server.Api.As(await KeyAsync(server));
        var under = new[] { server.Api.GetAsync(Slow), other.GetAsync(Slow) };
        await held.AllUnderWay;

        var waiting = Enumerable.Range(0, 10).Select(i => RawAsync(server, "nobody's")).ToList();
        Assert.All(waiting, answer => Assert.False(answer.IsCompleted));
        held.Release();

        Assert.All(await Task.WhenAll(under), reply => reply.Refused(404, "role_not_found"));
        Assert.All(await Task.WhenAll(waiting), answer => Assert.Equal(401, answer.Status));
    }

    [Fact]
    public async Task Credential_WithItsShare_IsLimitedAndOthersAreServed()
    {
        var held = new Held(2);
        await using var server = await FaultyServer.StartAsync(held.Answer, new HttpServing { MaxRequests = 4, MaxQueue = 0 });
        var other = server.Api.As(await KeyAsync(server));
        var under = new[] { server.Api.GetAsync(Slow), server.Api.GetAsync(Slow) };
        await held.AllUnderWay;

        var refused = (await server.Api.PostAsync(Evaluate, Question)).Refused(429, "rate_limited");

        Assert.Equal("1", refused.Headers["Retry-After"]);
        (await other.PostAsync(Evaluate, Question)).Is(200);
        held.Release();
        Assert.All(await Task.WhenAll(under), reply => reply.Refused(404, "role_not_found"));
        (await server.Api.PostAsync(Evaluate, Question)).Is(200);
    }

    [Fact]
    public async Task Bodies_ThatAreWaitedFor_TakeNoPlace()
    {
        await using var server = await FaultyServer.StartAsync((_, _) => null, new HttpServing { MaxRequests = 1, MaxQueue = 100, QueueTime = Patient });
        var slow = new List<RawConnection>();
        for (var i = 0; i < 20; i++)
        {
            slow.Add((await RawConnection.OpenAsync(server.Url))!);
            await slow[i].SendAsync(RawConnection.Head(Evaluate, server.Key, Question.Length, "Expect: 100-continue\r\n"));
            Assert.Equal(100, (await slow[i].AnswerAsync())!.Value.Status);
        }

        (await server.Api.PostAsync(Evaluate, Question)).Is(200);

        foreach (var connection in slow)
        {
            await connection.SendAsync(Question);
            Assert.Equal(200, (await connection.AnswerAsync())!.Value.Status);
            connection.Dispose();
        }
    }

    [Theory]
    [InlineData("/api/v1/audit/export?format=ndjson")]
    [InlineData("/api/v1/audit?limit=1000")]
    public async Task Answers_ThatAreReadSlowly_TakeNoPlace(string path)
    {
        var text = new string('x', 60_000);
        await using var server = await FaultyServer.StartAsync(
            (method, arguments) => method == "IAuditTrail.ListAsync" ? Task.FromResult<Result<Page<AuditRecord>>>(PageOf((AuditQuery)arguments[1]!)) : null,
            new HttpServing { MaxRequests = 1, MaxQueue = 0 });
        using var slow = (await RawConnection.OpenAsync(server.Url))!;
        await slow.SendAsync($"GET {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {server.Key}\r\n\r\n");

        var until = DateTime.UtcNow + Patient;
        int status;
        while ((status = (await server.Api.PostAsync(Evaluate, Question)).Status) != 200 && DateTime.UtcNow < until)
        {
            await Task.Delay(50);
        }

        Assert.Equal(200, status);

        // Without an end: as large as whatever is between the two needs it.
        Page<AuditRecord> PageOf(AuditQuery query)
        {
            var first = (query.Before ?? 1_000_000) - 1;
            return new Page<AuditRecord>([.. Enumerable.Range(0, Math.Min(query.Limit, 400)).Select(i => new AuditRecord
            {
                Tenant = TenantId.Default, Sequence = first - i, Id = $"r{first - i}", Time = DateTimeOffset.UnixEpoch, Actor = "user:a",
                Entry = new AuditEntry("a.b", "a", "b", null, null) { Reason = text }, PreviousHash = "", Hash = "",
            })], "more");
        }
    }

    [Fact]
    public async Task Body_ThatCameLate_IsHandledInAPlaceWhateverTheKey()
    {
        const string body = "not read by who deletes";
        var held = new Held(1);
        await using var server = await FaultyServer.StartAsync(held.Answer, new HttpServing { MaxRequests = 1, MaxQueue = 0 });
        using var late = (await RawConnection.OpenAsync(server.Url))!;
        await late.SendAsync($"DELETE {Slow} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {server.Key}\r\nIdempotency-Key: k\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\nExpect: 100-continue\r\n\r\n");
        Assert.Equal(100, (await late.AnswerAsync())!.Value.Status);
        await late.SendAsync(body);
        await held.AllUnderWay;

        (await server.Api.PostAsync(Evaluate, Question)).Refused(503, "unavailable");

        held.Release();
        Assert.Equal(404, (await late.AnswerAsync())!.Value.Status);
    }

    [Fact]
    public async Task Load_TenTimesWhatFits_IsAnsweredOrRefusedAndLeavesNothingBehind()
    {
        const int most = 8, callers = 160, each = 10;
        var held = new Held(most / 2);
        await using var server = await FaultyServer.StartAsync(held.Answer, new HttpServing { MaxRequests = most, MaxQueue = most, QueueTime = Patient });
        var apis = new[] { server.Api, server.Api.As(await KeyAsync(server)), server.Api.As(await KeyAsync(server)) };

        var replies = await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            var statuses = new List<int>();
            for (var i = 0; i < each; i++)
            {
                var api = apis[caller % apis.Length];
                var reply = caller % 2 == 0
                    ? await api.PostAsync("/api/v1/roles", new { name = $"r{caller}-{i}" })
                    : await api.PostAsync(Evaluate, Question);
                statuses.Add(reply.Status);
                Assert.True(reply.Status is 200 or 201 or 429 or 503, reply.Text);
                Assert.Equal(reply.Status is 429 or 503, reply.Headers.ContainsKey("Retry-After"));
            }
            return statuses;
        })));

        // What a role was answered is what is there.
        var all = replies.SelectMany(statuses => statuses).ToList();
        Assert.Equal(callers * each, all.Count);
        Assert.Contains(200, all);
        var made = all.Count(status => status == 201);
        Assert.Equal(made, (await server.Api.GetAsync("/api/v1/roles?include_built_in=false&limit=1000")).Items.Count);
        // All places are free, and all of the share: so many can be held at once.
        var under = Enumerable.Range(0, most / 2).Select(_ => server.Api.GetAsync(Slow)).ToList();
        await held.AllUnderWay;
        (await apis[1].PostAsync(Evaluate, Question)).Is(200);
        held.Release();
        Assert.All(await Task.WhenAll(under), reply => reply.Refused(404, "role_not_found"));
    }

    private static async Task<string> KeyAsync(FaultyServer server) =>
        (await server.Api.PostAsync("/api/v1/api-keys", new { name = "other", roles = new[] { "super_admin" } })).Is(201)["key"].GetString()!;

    // The head of a request, and what comes back.
    private static async Task<(int Status, string Text)> RawAsync(FaultyServer server, string key)
    {
        using var connection = (await RawConnection.OpenAsync(server.Url))!;
        await connection.SendAsync(RawConnection.Head(Evaluate, key, Question.Length));
        return (await connection.AnswerAsync())!.Value;
    }

    /// <summary>Holds back the answers about one role, until it is told to let go.</summary>
    private sealed class Held(int count)
    {
        private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously), _go = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _under;

        /// <summary>Completes when so many are held at once.</summary>
        public Task AllUnderWay => _all.Task;

        public void Release() => _go.SetResult();

        public object? Answer(string method, object?[] arguments)
        {
            if (method is not ("IRoles.GetAsync" or "IRoles.DeleteAsync"))
            {
                return null;
            }
            if (Interlocked.Increment(ref _under) == count)
            {
                _all.SetResult();
            }
            return method == "IRoles.GetAsync" ? WaitAsync<RoleView>() : WaitAsync<RoleId>();
        }

        private async Task<Result<T>> WaitAsync<T>()
        {
            await _go.Task;
            return new AuthzError(ErrorCode.RoleNotFound, "held");
        }
    }
}
