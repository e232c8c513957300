using AuthzCluster.Actors.Contracts;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Actors.Writers;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Grains.Abstractions.Actors;
using AuthzCluster.Grains.Abstractions.Calls;
using ErrorCode = AuthzCluster.Domain.Errors.ErrorCode;

namespace AuthzCluster.Grains.Node;

/// <summary>
/// An audit log as this silo reaches it: what waits is written by its grain, or, where the log does not get on while that is waited for, here. What is appended
/// goes behind the newest record that was read and takes off what waited, or is not appended: so two writers are one.
/// </summary>
/// <param name="itself">The grain.</param>
/// <param name="grain">The same, its lost calls as refusals.</param>
/// <param name="ways">Which grains did not answer.</param>
/// <param name="ports">The silo's.</param>
/// <param name="tenant">Whose log.</param>
internal sealed class NearAuditLog(IAuditLogGrain itself, IAuditLogActor grain, NearWays ways, ActorPorts ports, TenantId tenant) : IAuditLogActor
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(200);

    private readonly int _way = itself.GetGrainId().GetHashCode();

    public async Task<Result<int>> DrainAsync() => await AskAsync() ?? await new AuditLogActor(tenant, ports).DrainAsync();

    public Task<Result<bool>> RecordAsync(AuditEntry entry, Caller caller) => grain.RecordAsync(entry, caller);

    // Null: it is not to be waited for. One that has much to write takes long, and gets on.
    private async Task<Result<int>?> AskAsync()
    {
        if (!ways.MayTry(_way))
        {
            return null;
        }
        var asked = grain.DrainAsync();
        for (long? seen = null; await Task.WhenAny(asked, Task.Delay(Pace)) != asked;)
        {
            var oldest = await FindOldestAsync();
            if (oldest == 0)
            {
                return 0;
            }
            if (oldest == seen)
            {
                ways.Lose(_way);
                return null;
            }
            seen = oldest;
        }
        var answer = await asked;
        if (answer.Error?.Code == ErrorCode.Unavailable)
        {
            return null;
        }
        ways.Works(_way);
        return answer;
    }

    // The position of the oldest that waits; 0: nothing does. Positions begin at 1.
    private async Task<long> FindOldestAsync()
    {
        try
        {
            return await ports.Audit.ReadOutboxAsync(tenant, 1) is [var oldest, ..] ? oldest.Position : 0;
        }
        catch (StoreUnavailableException)
        {
            return long.MaxValue;
        }
    }
}
