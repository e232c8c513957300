using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Finality.Tests.Simulation;

/// <summary>
/// Writes one subject's grants, one write after the other, as doors do: to any process; again under the same id, to another, while there is no answer in
/// time; and the answer to the latest copy counts. Earlier copies may come whenever they come.
/// </summary>
internal sealed class Client(Cluster cluster, ActorKey key)
{
    private static readonly TenantId Tenant = new("acme");

    private readonly World _world = cluster.World;
    private bool _isGranted;
    private int _write, _attempt;
    private RequestKey _request = null!;

    public void Start() => _world.After(Soon(1000), null, Next);

    private void Next()
    {
        // Now and then nothing is to be changed.
        _isGranted = _world.Random.Next(4) == 0 ? _isGranted : !_isGranted;
        _write++;
        _attempt = 0;
        _request = RequestKey.Own(Tenant, $"{key}/{_write}");
        cluster.Checker.Sent(key);
        Send();
    }

    private void Send()
    {
        var (write, attempt, isGranted, machine) = (_write, ++_attempt, _isGranted, cluster.Machines[_world.Random.Next(cluster.Machines.Count)]);
        var caller = new Caller(new SubjectId("user", "admin"), $"{write}") { Request = attempt == 1 ? _request : _request.Again() };
        _world.Tell($"{key}: {(isGranted ? "grant" : "revoke")} {write} is sent to {machine}, attempt {attempt}");
        _world.After(Way(), null, () =>
        {
            if (machine.Process is { } process)
            {
                _world.After(TimeSpan.Zero, process, () => _ = WriteAsync(process, write, attempt, isGranted, caller));
            }
        });
        _world.After(Soon(4000) + TimeSpan.FromSeconds(1), null, () => Again(write, attempt));
    }

    private async Task WriteAsync(SimProcess process, int write, int attempt, bool isGranted, Caller caller)
    {
        _world.Counts.LateCopies += write < _write ? 1 : 0;
        var reply = await process.WriteAsync(key, write, isGranted, caller);
        _world.Counts.LostRaces += reply.Error?.Code == ErrorCode.VersionConflict ? 1 : 0;
        _world.Tell($"{process}: {key} write {write}: {(reply.IsOk ? reply.Value : reply.Error)}");
        _world.After(Way(), null, () =>
        {
            if ((write, attempt) != (_write, _attempt))
            {
                return;
            }
            if (reply.IsOk)
            {
                Acknowledge(process, reply.Value);
            }
            else
            {
                _world.After(Soon(300), null, () => Again(write, attempt));
            }
        });
    }

    private void Acknowledge(SimProcess process, bool hasChanged)
    {
        _attempt = 0;
        _world.Tell($"{key}: {(_isGranted ? "grant" : "revoke")} {_write} is acknowledged");
        _world.Counts.Acknowledged++;
        _world.Counts.NoOps += hasChanged ? 0 : 1;
        _world.Counts.AfterFence += process.HasFenced ? 1 : 0;
        cluster.Checker.Acknowledged(key, _write, _isGranted, hasChanged);
        // Some follow at once, and before some there is time for what is late.
        _world.After(Soon(_world.Random.Next(3) == 0 ? 50 : 3000), null, Next);
    }

    private void Again(int write, int attempt)
    {
        if ((write, attempt) == (_write, _attempt))
        {
            Send();
        }
    }

    private TimeSpan Way() => _world.Random.Next(20) == 0 ? Soon(15000) : Soon(30);

    private TimeSpan Soon(int most) => TimeSpan.FromMilliseconds(10 * _world.Random.Next((most / 10) + 1));
}
