using AuthzCluster.Actors.Views;
using AuthzCluster.Api.Grpc.V1;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Http.Tests.Grpc;
using AuthzCluster.Server.Tests.Support;

namespace AuthzCluster.Server.Tests.Credentials;

/// <summary>Who asks with an API key while keys cannot be read, with a clock that the test moves.</summary>
public sealed class KeyOutageTests : IAsyncLifetime
{
    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(2), Memory = TimeSpan.FromSeconds(5), Tick = TimeSpan.FromTicks(1);

    private readonly ManualTimeProvider _time = new(new DateTimeOffset(2026, 7, 1, 8, 0, 0, TimeSpan.Zero));
    private FaultyServer _server = null!;
    private volatile bool _areAway;
    private int _looked;

    public async Task InitializeAsync() => _server = await FaultyServer.StartAsync(
        (method, _) =>
        {
            if (method != "IApiKeys.FindAsync")
            {
                return null;
            }
            Interlocked.Increment(ref _looked);
            return _areAway ? ValueTask.FromResult<Result<OpenedKey?>>(new AuthzError(ErrorCode.Unavailable, "storage does not answer")) : null;
        },
        time: _time);

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Request_OfAKeyInUse_IsAnsweredForThreeSecondsOfIt_WhateverTheAgeOfTheVerdict()
    {
        await RunAsync(async () => Assert.Equal("no_assignment", await _server.Api.ReasonAsync("bob", "a:b")));

        (await _server.Api.PostAsync("/api/v1/authorization/evaluate", new { user = "bob", permission = "a:b" })).Refused(503, "unavailable");
    }

    [Fact]
    public async Task Stream_OfAKeyInUse_GoesOnForThreeSecondsOfIt_WhateverTheAgeOfTheVerdict()
    {
        using var client = new GrpcClient(_server.GrpcUrl, _server.Key);
        using var stream = await GrpcStream.OpenAsync(client, GrpcClient.Authorization + "EvaluateStream");

        await RunAsync(async () =>
        {
            await stream.WriteAsync(new EvaluateRequest { User = "bob", Permission = "a:b" });
            Assert.Equal("no_assignment", (await stream.ReadAsync<EvaluateResponse>())!.Reason);
        });

        await stream.WriteAsync(new EvaluateRequest { User = "bob", Permission = "a:b" });
        (await stream.EndAsync()).Refused(14, "unavailable");
    }

    // It begins when the latest verdict is as old as one can be that is in use.
    private async Task RunAsync(Func<Task> askAsync)
    {
        await askAsync();
        var looked = Volatile.Read(ref _looked);
        _time.Advance(Renewal);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        for (var rounds = 0; rounds < 20; rounds += Volatile.Read(ref _looked) > looked ? 1 : 0)
        {
            await askAsync();
            await Task.Delay(10, patience.Token);
        }
        _time.Advance(Renewal - Tick);
        await askAsync();

        _areAway = true;
        _time.Advance(Memory - Renewal);
        await askAsync();
        _time.Advance(Tick);
    }
}
