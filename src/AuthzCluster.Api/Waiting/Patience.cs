namespace AuthzCluster.Api.Waiting;

/// <summary>
/// How long a request waits for any one answer from within. What does not come in time is <see cref="TimeoutException"/>, and the request is told to come again; what was asked
/// goes on by itself: a write is done wholly or not at all, and a repeat with the same <c>Idempotency-Key</c> is told which.
/// </summary>
/// <param name="most">How long.</param>
internal sealed class Patience(TimeSpan most)
{
    /// <summary>Waits. What is there already costs nothing.</summary>
    public ValueTask<T> Of<T>(ValueTask<T> answer) => answer.IsCompleted ? answer : new ValueTask<T>(answer.AsTask().WaitAsync(most, TimeProvider.System));

    /// <summary>Waits.</summary>
    public Task<T> Of<T>(Task<T> answer) => answer.IsCompleted ? answer : answer.WaitAsync(most, TimeProvider.System);
}
