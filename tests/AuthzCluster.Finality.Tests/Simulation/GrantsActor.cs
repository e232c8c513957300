using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Actors.Writers;
using AuthzCluster.Domain.Errors;

namespace AuthzCluster.Finality.Tests.Simulation;

/// <summary>The single writer of a subject, as the product's are: all but what is decided is theirs. One turn at a time.</summary>
internal sealed class GrantsActor(ActorKey key, GrantsCell cell, ActorPorts ports) : SharedWriterActor<Grants>(cell, ports)
{
    private readonly Queue<TaskCompletionSource> _waiting = [];

    protected override ActorKey Key => key;

    /// <summary>Whether a turn is under way.</summary>
    public bool IsTurning { get; private set; }

    /// <summary>Whether the turn that runs has committed anything.</summary>
    public bool HasCommitted { get; private set; }

    /// <summary>Lets it or lets it not; whether that changed anything.</summary>
    public async Task<Result<bool>> WriteAsync(int write, bool isGranted, Caller caller)
    {
        if (IsTurning)
        {
            var mine = new TaskCompletionSource();
            _waiting.Enqueue(mine);
            await mine.Task;
        }
        IsTurning = true;
        HasCommitted = false;
        var answer = await TurnAsync<bool>(caller, async () =>
        {
            if (Own!.IsGranted == isGranted)
            {
                return false;
            }
            var next = new Grants(write, isGranted);
            if (await CommitAsync(new Commit(Key, 0, next.Encode()), caller, true, () => throw new NotSupportedException()) is { } error)
            {
                return error;
            }
            HasCommitted = true;
            Swap(next);
            cell.Wrote(next, Version);
            return true;
        });
        if (_waiting.TryDequeue(out var following))
        {
            following.SetResult();
        }
        else
        {
            IsTurning = false;
        }
        return answer;
    }

    protected override Grants Decode(byte[]? state) => Grants.Decode(state);
}
