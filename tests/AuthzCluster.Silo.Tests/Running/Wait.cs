namespace AuthzCluster.Silo.Tests.Running;

/// <summary>Waits for what no event tells: by asking again and again.</summary>
internal static class Wait
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(50), Patience = TimeSpan.FromMinutes(3);

    public static async Task UntilAsync(string what, Func<Task<bool>> isSo)
    {
        using var timer = new PeriodicTimer(Pace);
        using var limit = new CancellationTokenSource(Patience);
        while (!await isSo())
        {
            Assert.False(limit.IsCancellationRequested, $"not so in {Patience}: {what}");
            await timer.WaitForNextTickAsync();
        }
    }
}
