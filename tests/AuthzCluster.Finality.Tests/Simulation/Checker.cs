using AuthzCluster.Actors.Storage;

namespace AuthzCluster.Finality.Tests.Simulation;

/// <summary>
/// Knows when each write was sent and acknowledged, and when each question was asked. An answer is not from before what was acknowledged when the
/// question was asked; while nothing is being written it is what was acknowledged last; and no write is done twice, or lost.
/// </summary>
internal sealed class Checker
{
    private readonly World _world;
    private readonly Database _database;
    private readonly Dictionary<ActorKey, Known> _known = [];

    public Checker(World world, Database database)
    {
        (_world, _database) = (world, database);
        database.Committed = (key, grants) => Require(database.IndexOf(key, grants.Write) == 0, $"write {grants.Write} of {key} is done twice");
    }

    /// <summary>The first violation; null: none.</summary>
    public string? Violation { get; private set; }

    /// <summary>A write is sent for the first time: what is answered from here on is open.</summary>
    public void Sent(ActorKey key) => Change(key, known => known with { Settled = null, Changes = known.Changes + 1 });

    public void Acknowledged(ActorKey key, int write, bool isGranted, bool hasChanged)
    {
        var index = _database.IndexOf(key, write);
        Require(index > 0 || !hasChanged, $"write {write} of {key} was acknowledged and is lost");
        Change(key, known => new Known(Math.Max(known.Floor, index), isGranted, known.Changes + 1));
    }

    public Question Ask(ActorKey key, SimProcess process) => new(key, process, Of(key));

    public void Answer(Question question, Grants grants)
    {
        _world.Counts.Answered++;
        var (key, process, asked) = question;
        var index = _database.IndexOf(key, grants.Write);
        _world.Tell($"{process} answers of {key}: {grants}");
        var what = grants.IsGranted ? "allow" : "deny";
        Require(index >= asked.Floor, $"stale {what}: {process} answered of {key} by commit {index}, and {asked.Floor} was acknowledged before it was asked");
        Require(
            asked.Settled is not { } settled || Of(key).Changes != asked.Changes || settled == grants.IsGranted,
            $"wrong {what}: {process} answered of {key} by write {grants.Write}, and the opposite was acknowledged last");
    }

    private void Require(bool isSo, string violation)
    {
        if (!isSo)
        {
            _world.Tell(violation);
            Violation ??= violation;
        }
    }

    private Known Of(ActorKey key) => _known.GetValueOrDefault(key, new Known(0, null, 0));

    private void Change(ActorKey key, Func<Known, Known> change) => _known[key] = change(Of(key));

    /// <summary>What is known of a subject.</summary>
    /// <param name="Floor">The latest commit that was acknowledged.</param>
    /// <param name="Settled">What was acknowledged last; null: something is being written.</param>
    /// <param name="Changes">How often one of the two changed.</param>
    public sealed record Known(int Floor, bool? Settled, int Changes);

    /// <summary>A question, and what was known when it was asked.</summary>
    public sealed record Question(ActorKey Key, SimProcess Process, Known Asked);
}
