using System.Collections.Concurrent;

namespace AuthzCluster.Silo.Tests.Chaos.Rig;

/// <summary>Makes its facts so and not so, one write after the other, each under one key until it is answered.</summary>
internal sealed class FactWriter(IReadOnlyList<Fact> facts, Ways ways, Figures figures, ConcurrentQueue<Fact> changed, Random random)
{
    private const int OneInSoManyTwice = 8;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100), Pause = TimeSpan.FromMilliseconds(50), Patience = TimeSpan.FromMinutes(3);

    /// <summary>Writes until it is told to stop, and sees its last write to its end.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var pace = new PeriodicTimer(Pace);
        try
        {
            while (await pace.WaitForNextTickAsync(stop))
            {
                var fact = facts[random.Next(facts.Count)];
                await WriteAsync(fact, !fact.History.Latest);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
    }

    private async Task WriteAsync(Fact fact, bool isSo)
    {
        var isOverOrleans = random.Next(3) == 0 && fact.OverOrleans(isSo) is not null;
        var isTwice = !isSo && fact.CanBeEndedTwice && random.Next(OneInSoManyTwice) == 0;
        var write = fact.History.Begin(isSo);
        figures.BeginWrite(write.Begun);
        var sent = Enumerable.Range(0, isTwice ? 2 : 1).Select(number => PersistAsync(fact, write, number, isOverOrleans)).ToList();
        var results = await Task.WhenAll(sent);
        if (results.Count(result => result == WriteResult.Done) != 1)
        {
            figures.Tell($"{fact.Kind} {fact.Name}: answers to one write that was sent {(isTwice ? "twice" : "once")}: {string.Join(", ", results)}\n  its writes: "
                + string.Join("\n              ", fact.History.Tell()));
        }
    }

    private async Task<WriteResult> PersistAsync(Fact fact, FactWrite write, int number, bool isOverOrleans)
    {
        var key = $"{fact.Name}-{Guid.NewGuid():n}";
        var hurry = new CancellationTokenSource(Patience);
        for (var attempt = random.Next(int.MaxValue / 2); ; attempt++)
        {
            var there = isOverOrleans ? ways.Silos : ways.Gateways;
            var way = there[attempt % there.Count];
            write.Note($"{number} to {way.Name}");
            try
            {
                if (await way.WriteAsync(fact, write.IsSo, key) is { } result)
                {
                    var now = Moment.Now;
                    write.Note($"{number} {result}");
                    if (fact.History.Acknowledge(write, now))
                    {
                        figures.Acknowledge(write, now);
                        changed.Enqueue(fact);
                    }
                    return result;
                }
            }
            catch (OddAnswerException odd)
            {
                figures.Tell($"{fact.Kind} {fact.Name} {(write.IsSo ? "on" : "off")} by {way.Name}: {odd.Message}");
            }
            Assert.False(hurry.IsCancellationRequested, $"no answer in {Patience}: {fact.Kind} {fact.Name}, {write}");
            await Task.Delay(Pause);
        }
    }
}
