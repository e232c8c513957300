using AuthzCluster.Actors.Finality;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Grains.Replicas;

namespace AuthzCluster.Grains.Tests.Hazards;

public sealed class ReplicaTests
{
    [Fact]
    public async Task Load_BegunBehindAnAnnouncementWhileAnEarlierIsHandedOver_ReadsAgain()
    {
        var clock = new HookedClock();
        var replica = new Copies(new CellTable { Lease = HeldBy(clock) }) { Stored = ("old", 1) };
        Task<string?>? late = null;
        // The lease is looked at once more between the taking of what was read and the answer.
        replica.BehindRead = () => clock.Next = () =>
        {
            replica.Stored = ("new", 2);
            replica.Raise(2);
            late = replica.LoadAsync().AsTask();
        };

        var early = await replica.LoadAsync();
        Assert.Equal(("old", "new"), (early, await late!));
    }

    private static NodeLease HeldBy(TimeProvider clock)
    {
        var lease = new NodeLease(Guid.Empty, clock);
        lease.ExtendTo(long.MaxValue);
        return lease;
    }

    private sealed class Copies(CellTable table) : Replica<string>(ActorKey.Of(TenantId.Default), table)
    {
        public (string, long) Stored { get; set; }

        public Action? BehindRead { get; set; }

        protected override ValueTask<(string, long)?> ReadAsync()
        {
            var (stored, happens) = (Stored, BehindRead);
            BehindRead = null;
            happens?.Invoke();
            return new(stored);
        }
    }

    private sealed class HookedClock : TimeProvider
    {
        public Action? Next { get; set; }

        public override long GetTimestamp()
        {
            var happens = Next;
            Next = null;
            happens?.Invoke();
            return base.GetTimestamp();
        }
    }
}
