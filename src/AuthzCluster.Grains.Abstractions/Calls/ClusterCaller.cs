using System.Collections.Immutable;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Tenancy;
using ErrorCode = AuthzCluster.Domain.Errors.ErrorCode;

namespace AuthzCluster.Grains.Abstractions.Calls;

/// <summary>
/// Calls any silo: what is lost on the way, or refused for the moment, is tried again by way of another, until the deadline.
/// A write is repeated only when it was lost, and under its request id, so that it is done once.
/// </summary>
internal sealed class ClusterCaller(IGrainFactory grains, ClusterCallOptions options, IIdSource ids)
{
    // Keys of a stateless grain: each leads by way of one connection.
    private const int Ways = 64, MostRefusals = 2;

    // A call that went by way of a silo that is gone is not told so: within a deadline so many are waited for.
    private const int AttemptsInTime = 4;

    // No other request has the id, so nothing needs to be told apart.
    private static readonly ImmutableArray<byte> Unnamed = ImmutableArray.Create(new byte[32]);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(20), LongestPause = TimeSpan.FromMilliseconds(500);

    public ClusterCallOptions Options => options;

    /// <summary>A grain of whichever silo.</summary>
    public TGrain Any<TGrain>() where TGrain : IGrainWithIntegerKey => grains.GetGrain<TGrain>(Random.Shared.Next(Ways));

    /// <summary>Reads within the usual deadline.</summary>
    public Task<Result<T>> ReadAsync<TGrain, T>(Func<TGrain, Task<Result<T>>> read) where TGrain : IGrainWithIntegerKey =>
        ReadAsync(read, options.ReadDeadline);

    /// <summary>Reads within a deadline.</summary>
    public Task<Result<T>> ReadAsync<TGrain, T>(Func<TGrain, Task<Result<T>>> read, TimeSpan deadline) where TGrain : IGrainWithIntegerKey =>
        RepeatAsync<T>(_ => read(Any<TGrain>()), deadline, MostRefusals);

    /// <summary>Writes on a caller's behalf, within the usual deadline.</summary>
    public Task<Result<T>> WriteAsync<TGrain, T>(TenantId tenant, Caller caller, Func<TGrain, Caller, Task<Result<T>>> write) where TGrain : IGrainWithIntegerKey =>
        WriteAsync(tenant, caller, write, options.WriteDeadline);

    /// <summary>Writes on a caller's behalf, within a deadline.</summary>
    public Task<Result<T>> WriteAsync<TGrain, T>(TenantId tenant, Caller caller, Func<TGrain, Caller, Task<Result<T>>> write, TimeSpan deadline)
        where TGrain : IGrainWithIntegerKey
    {
        var named = caller.Request is null ? caller with { Request = new RequestKey(tenant, ids.Next(), Unnamed) } : caller;
        return RepeatAsync<T>(attempt => write(Any<TGrain>(), attempt == 0 ? named : named with { Request = named.Request! with { MayBeRepeat = true } }), deadline, mostRefusals: 0);
    }

    private async Task<Result<T>> RepeatAsync<T>(Func<int, Task<Result<T>>> call, TimeSpan deadline, int mostRefusals)
    {
        var time = options.Clock;
        var since = time.GetTimestamp();
        // What goes through many things may take its time, and is not begun again beside itself.
        var patience = deadline > options.WriteDeadline ? deadline : deadline / AttemptsInTime;
        for (int attempt = 0, refusals = 0; ; attempt++)
        {
            Result<T> answer;
            try
            {
                answer = await call(attempt).WaitAsync(Left() is var left && left < patience ? left : patience, time);
                if (answer.Error?.Code != ErrorCode.Unavailable || refusals++ == mostRefusals)
                {
                    return answer;
                }
            }
            catch (Exception e) when (Lost.Is(e))
            {
                answer = Lost.Error(e);
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
}
