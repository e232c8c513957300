using System.Collections.Concurrent;

namespace AuthzCluster.Silo.Tests.Chaos.Rig;

/// <summary>Asks about facts by all ways at a steady pace, however long the answers take, and judges each answer.</summary>
/// <param name="facts">All of them.</param>
/// <param name="ways">How to ask.</param>
/// <param name="figures">Where it tells what it saw.</param>
/// <param name="changed">Facts whose latest write was just acknowledged: they are asked about at once, since that is when somebody may not know yet.</param>
/// <param name="random">What is asked.</param>
internal sealed class FactChecker(IReadOnlyList<Fact> facts, Ways ways, Figures figures, ConcurrentQueue<Fact> changed, Random random)
{
    private const int AtEachTick = 7;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(10);

    // Somebody who was refused asks again: at any gateway, or at any silo.
    private readonly ConcurrentQueue<(Fact Fact, string Subject)> _refusedByGateways = new(), _refusedBySilos = new();

    private int _next;

    /// <summary>Asks until it is told to stop, and sees all that was asked to its end.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var asked = new List<Task>();
        using var pace = new PeriodicTimer(Pace);
        try
        {
            while (await pace.WaitForNextTickAsync(stop))
            {
                var there = ways.All;
                for (var i = 0; i < AtEachTick; i++)
                {
                    if (there[_next++ % there.Count] is var way && way.TryEnter())
                    {
                        var (fact, subject) = Next(way, there.Count);
                        asked.Add(AskAsync(fact, subject, way));
                    }
                }
                asked.RemoveAll(one => one.IsCompletedSuccessfully);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
        await Task.WhenAll(asked);
    }

    private (Fact Fact, string Subject) Next(Way way, int ways)
    {
        if (random.Next(2) == 0 && RefusedBy(way).TryDequeue(out var refused))
        {
            return refused;
        }
        if (random.Next(2) == 0 && changed.TryPeek(out var fresh))
        {
            // Each is asked about as often as there are ways, more or less.
            if (random.Next(ways) == 0)
            {
                changed.TryDequeue(out _);
            }
            return (fresh, SubjectOf(fresh));
        }
        var any = facts[random.Next(facts.Count)];
        return (any, SubjectOf(any));
    }

    private ConcurrentQueue<(Fact Fact, string Subject)> RefusedBy(Way way) => way.IsGateway ? _refusedByGateways : _refusedBySilos;

    private string SubjectOf(Fact fact) => fact.Subjects[random.Next(fact.Subjects.Count)];

    private async Task AskAsync(Fact fact, string subject, Way way)
    {
        var begun = Moment.Now;
        figures.BeginCheck(subject, way, begun);
        try
        {
            var answer = await way.AskAsync(fact, subject);
            var ended = Moment.Now;
            if (answer is { } isAllowed)
            {
                figures.Judge(fact, subject, way, isAllowed, (begun, ended));
                figures.Answer(subject, way, ended);
                return;
            }
        }
        catch (OddAnswerException odd)
        {
            figures.Tell($"{fact.Kind} {fact.Name}, asked about {subject} by {way.Name}: {odd.Message}");
        }
        finally
        {
            way.Leave();
        }
        figures.Refuse(subject, way);
        RefusedBy(way).Enqueue((fact, subject));
    }
}
