namespace AuthzCluster.Grains.Abstractions.Calls;

/// <summary>
/// Starts what may hang while it starts: an Orleans client, whose first question to a silo may be lost, and would be waited for as long as the longest
/// import.
/// </summary>
public static class PatientStart
{
    /// <summary>Starts something; what has not started in time is replaced by another, until one has or <paramref name="stop"/> comes.</summary>
    /// <param name="start">Starts one.</param>
    /// <param name="first">The first.</param>
    /// <param name="replace">Gives one up, and makes the next.</param>
    /// <param name="patience">How long one may take.</param>
    /// <param name="time">What that is measured by.</param>
    /// <param name="stop">Ends it.</param>
    public static async Task RunAsync<T>(Func<T, Task> start, T first, Func<T, T> replace, TimeSpan patience, TimeProvider time, CancellationToken stop)
    {
        for (var one = first; ; one = replace(one))
        {
            try
            {
                await start(one).WaitAsync(patience, time, stop).ConfigureAwait(false);
                return;
            }
            catch (TimeoutException)
            {
            }
        }
    }
}
