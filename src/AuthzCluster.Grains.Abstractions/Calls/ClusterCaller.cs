using System.Globalization;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Tenancy;
using ErrorCode = AuthzCluster.Domain.Errors.ErrorCode;

namespace AuthzCluster.Grains.Abstractions.Calls;

/// <summary>
/// Calls any silo: what is lost on the way, or refused for the moment, is tried again by way of another, until the deadline.
/// A write is repeated only when it was lost, and under its request id, so that it is done once.
/// </summary>
/// <param name="grains">The client of the moment.</param>
/// <param name="options">Deadlines.</param>
/// <param name="ids">Names the writes that their callers did not name.</param>
/// <param name="mayCall">Whether the client has found the cluster; before that nothing can be called.</param>
internal sealed class ClusterCaller(Func<IGrainFactory> grains, ClusterCallOptions options, IIdSource ids, Func<bool> mayCall)
{
    // Keys of a stateless grain: each leads by way of one connection. Of whoever is gone nobody tells, so that an attempt waits
    // for a part of the deadline only.
    private const int Ways = 64, MostRefusals = 2, Attempts = 3, ShortAttempts = 2;

    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(20), LongestPause = TimeSpan.FromMilliseconds(500), LongestShort = TimeSpan.FromSeconds(1), ShortWrite = TimeSpan.FromSeconds(3);

    public ClusterCallOptions Options => options;

    /// <summary>How long the first attempts of what is answered soon wait: at most a second, and a third of the deadline.</summary>
    public TimeSpan ShortPatience { get; } = options.ReadDeadline / Attempts < LongestShort ? options.ReadDeadline / Attempts : LongestShort;

    /// <summary>Whether the cluster was found.</summary>
    public bool MayCall => mayCall();

    /// <summary>A grain of whichever silo.</summary>
    public TGrain Any<TGrain>() where TGrain : IGrainWithIntegerKey => grains().GetGrain<TGrain>(Random.Shared.Next(Ways));

    /// <summary>Reads within the usual deadline.</summary>
    public Task<Result<T>> ReadAsync<TGrain, T>(Func<TGrain, Task<Result<T>>> read) where TGrain : IGrainWithIntegerKey =>
        ReadAsync(read, options.ReadDeadline);

    /// <summary>Reads within a deadline.</summary>
    public Task<Result<T>> ReadAsync<TGrain, T>(Func<TGrain, Task<Result<T>>> read, TimeSpan deadline) where TGrain : IGrainWithIntegerKey =>
        IsLong(deadline)
            ? RepeatLongAsync<T>(_ => read(Any<TGrain>()), deadline, MostRefusals)
            : RepeatAsync<T>(_ => read(Any<TGrain>()), deadline, MostRefusals, deadline <= options.ReadDeadline ? ShortPatience : null);

    /// <summary>Writes on a caller's behalf, within the usual deadline.</summary>
    public Task<Result<T>> WriteAsync<TGrain, T>(TenantId tenant, Caller caller, Func<TGrain, Caller, Task<Result<T>>> write) where TGrain : IGrainWithIntegerKey =>
        WriteAsync(tenant, caller, write, options.WriteDeadline);

    /// <summary>Writes on a caller's behalf, within a deadline.</summary>
    public Task<Result<T>> WriteAsync<TGrain, T>(TenantId tenant, Caller caller, Func<TGrain, Caller, Task<Result<T>>> write, TimeSpan deadline)
        where TGrain : IGrainWithIntegerKey
    {
        var named = caller with { Request = caller.Request is { } request ? request with { Sending = Sending() } : RequestKey.Own(tenant, ids.Next()) };
        Task<Result<T>> CallAsync(int attempt) => write(Any<TGrain>(), attempt == 0 ? named : named with { Request = named.Request!.Again() });
        // A repeat waits behind the first, where that is still under way, and is given its answer.
        var firstCounts = named.Request!.MayBeRepeat;
        return IsLong(deadline) ? RepeatLongAsync<T>(CallAsync, deadline, mostRefusals: 0, firstCounts) : RepeatAsync<T>(CallAsync, deadline, mostRefusals: 0, ShortWrite, firstCounts);
    }

    // What is sent once the one before was answered is behind it, also by way of another process whose clock is not much behind.
    private string Sending() => options.Clock.GetUtcNow().UtcTicks.ToString("d19", CultureInfo.InvariantCulture);

    private bool IsLong(TimeSpan deadline) => deadline > options.WriteDeadline;

    private async Task<Result<T>> RepeatLongAsync<T>(Func<int, Task<Result<T>>> call, TimeSpan deadline, int mostRefusals, bool firstCounts = true)
    {
        LongCalls.Begin();
        try
        {
            return await RepeatAsync(call, deadline, mostRefusals, null, firstCounts);
        }
        finally
        {
            LongCalls.End();
        }
    }

    // Of a first attempt at a write nothing is kept where it found nothing to change: once a repeat is on its way that answer must not count, or the repeat would
    // come late and find something to change, behind what was acknowledged meanwhile. The repeat's answer is kept.
    private async Task<Result<T>> RepeatAsync<T>(Func<int, Task<Result<T>>> call, TimeSpan deadline, int mostRefusals, TimeSpan? shortly, bool firstCounts = true)
    {
        if (!mayCall())
        {
            return Lost.NotFound;
        }
        CallTrace.Send();
        var time = options.Clock;
        var since = time.GetTimestamp();
        var patience = deadline / Attempts;
        List<Task<Result<T>>>? earlier = null;
        for (int attempt = 0, refusals = 0; ; attempt++)
        {
            Result<T> answer;
            Task<Result<T>>? latest = null;
            try
            {
                var most = attempt < ShortAttempts && shortly < patience ? shortly.Value : patience;
                latest = call(attempt);
                answer = await (earlier is null ? latest : FirstAsync(latest, [.. earlier])).WaitAsync(most < Left() ? most : Left(), time);
                if (answer.Error?.Code != ErrorCode.Unavailable || (!Lost.Tells(answer.Error) && refusals++ == mostRefusals))
                {
                    return answer;
                }
            }
            catch (Exception e) when (Lost.Is(e))
            {
                answer = Lost.Error(e);
                if (latest is { IsCompleted: false } && (attempt > 0 || firstCounts))
                {
                    (earlier ??= []).Add(latest);
                }
            }
            var pause = ShortestPause * Math.Pow(2, Math.Min(attempt, 10)) * (0.5 + Random.Shared.NextDouble());
            pause = pause < LongestPause ? pause : LongestPause;
            if (pause >= Left())
            {
                return answer;
            }
            await Task.Delay(pause, time);
        }

        TimeSpan Left() => deadline - time.GetElapsedTime(since) is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    // What was waited for in vain goes on, and where all is slow it comes sooner than the answer to its repeat, which stands behind it in line. What it refuses
    // says nothing: the repeat may have done it before.
    private static async Task<Result<T>> FirstAsync<T>(Task<Result<T>> latest, List<Task<Result<T>>> earlier)
    {
        while (earlier.Count > 0)
        {
            var done = await Task.WhenAny([latest, .. earlier]);
            if (done == latest)
            {
                break;
            }
            if (done.IsCompletedSuccessfully && await done is { IsOk: true } answer)
            {
                return answer;
            }
            earlier.Remove(done);
        }
        return await latest;
    }
}
