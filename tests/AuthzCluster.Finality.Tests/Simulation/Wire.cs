using AuthzCluster.Actors.Storage;

namespace AuthzCluster.Finality.Tests.Simulation;

/// <summary>Makes calls: each is sent, done, and answered, at moments that the links decide. What awaits an answer runs within its arrival.</summary>
internal sealed class Wire(World world, ILinks links)
{
    public Task<T> CallAsync<T>(SimProcess from, SimProcess? to, string name, Func<T> work)
    {
        var call = new Call(from, to, name);
        var answer = new TaskCompletionSource<T>();
        links.There(call, () =>
        {
            var result = work();
            world.Tell($"done: {call}: {result}");
            links.Back(call, () =>
            {
                if (!answer.Task.IsCompleted)
                {
                    world.Tell($"answered: {call}");
                    answer.TrySetResult(result);
                }
            });
        });
        world.After(links.Patience(call), from, () =>
        {
            if (!answer.Task.IsCompleted)
            {
                world.Tell($"given up: {call}");
                answer.TrySetException(new StoreUnavailableException("no answer", isOutcomeKnown: false));
            }
        });
        return answer.Task;
    }
}
