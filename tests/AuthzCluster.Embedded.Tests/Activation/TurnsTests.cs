using AuthzCluster.Embedded.Activation;

namespace AuthzCluster.Embedded.Tests.Activation;

public sealed class TurnsTests
{
    [Fact]
    public async Task Run_Many_OneAtATimeInOrderOfArrival()
    {
        var (turns, order, inside) = (new Line(), new List<int>(), 0);
        var open = new TaskCompletionSource();
        var all = Enumerable.Range(0, 100).Select(i => turns.EnterAsync(async () =>
        {
            Assert.Equal(1, Interlocked.Increment(ref inside));
            await open.Task;
            await Task.Yield();
            order.Add(i);
            Interlocked.Decrement(ref inside);
        })).ToArray();
        open.SetResult();

        Assert.All(await Task.WhenAll(all), Assert.True);
        Assert.Equal(Enumerable.Range(0, 100), order);
    }

    [Fact]
    public async Task Run_ATurnThrows_TheNextStillRuns()
    {
        var turns = new Line();
        var first = new TaskCompletionSource();
        var failing = turns.EnterAsync(() => first.Task);
        var next = turns.EnterAsync(() => Task.CompletedTask);
        first.SetException(new InvalidOperationException("broken"));

        await Assert.ThrowsAsync<InvalidOperationException>(() => failing);
        Assert.True(await next);
        await Assert.ThrowsAsync<InvalidOperationException>(() => turns.EnterAsync(() => throw new InvalidOperationException("at once")));
        Assert.True(await turns.EnterAsync(() => Task.CompletedTask));
    }

    [Fact]
    public async Task TryClose_SomebodyInLine_IsRefused()
    {
        var turns = new Line();
        var inside = new TaskCompletionSource();
        var running = turns.EnterAsync(() => inside.Task);

        Assert.False(turns.TryClose());
        inside.SetResult();
        Assert.True(await running);
        Assert.True(turns.TryClose());
        Assert.True(turns.IsClosed);
        Assert.False(turns.TryClose());
    }

    [Fact]
    public async Task Run_AfterClose_NeverRuns()
    {
        var turns = new Line();
        Assert.True(turns.TryClose());
        for (var i = 0; i < 3; i++)
        {
            Assert.False(await turns.EnterAsync(() => throw new InvalidOperationException("ran")));
        }
    }

    [Fact]
    public async Task Close_WithTurnsInLine_WaitsForThemAndLetsNobodyElseIn()
    {
        var turns = new Line();
        var inside = new TaskCompletionSource();
        var before = turns.EnterAsync(() => inside.Task);
        var closing = turns.CloseAsync();
        var after = turns.EnterAsync(() => throw new InvalidOperationException("ran"));
        Assert.False(closing.IsCompleted);
        Assert.False(turns.IsClosed);

        inside.SetResult();
        Assert.True(await before);
        await closing;
        Assert.True(turns.IsClosed);
        Assert.False(await after);
        await turns.CloseAsync();
    }

    [Fact]
    public async Task Close_RacingWithTurns_EachRanOrWasTurnedAway()
    {
        for (var round = 0; round < 500; round++)
        {
            var (turns, ran) = (new Line(), 0);
            var entering = Enumerable.Range(0, 4).Select(_ => Task.Run(() => turns.EnterAsync(() =>
            {
                Assert.False(turns.IsClosed);
                Interlocked.Increment(ref ran);
                return Task.CompletedTask;
            }))).ToArray();
            var closing = Task.Run(() => round % 2 == 0 ? Task.FromResult(turns.TryClose()) : CloseAsync(turns));
            var entered = await Task.WhenAll(entering);
            await closing;
            Assert.Equal(entered.Count(isIn => isIn), ran);
            Assert.Equal(!turns.IsClosed, await turns.EnterAsync(() => Task.CompletedTask));
        }

        static async Task<bool> CloseAsync(Line turns)
        {
            await turns.CloseAsync();
            return true;
        }
    }

    private sealed class Line : Turns
    {
        public Task<bool> EnterAsync(Func<Task> turn) => RunAsync(turn);
    }
}
