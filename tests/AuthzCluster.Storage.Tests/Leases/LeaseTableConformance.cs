using AuthzCluster.Actors.Finality;

namespace AuthzCluster.Storage.Tests.Leases;

/// <summary>What every table of leases does.</summary>
public abstract class LeaseTableConformance
{
    protected static readonly TimeSpan Duration = TimeSpan.FromMilliseconds(5_250);

    protected abstract Task<ILeaseTable> OpenAsync();

    [Fact]
    public async Task Insert_New_IsHeldAndListed()
    {
        var (table, id) = await OneAsync("a");

        Assert.True(await table.IsHeldAsync(id));
        Assert.Equal([new LeaseRow(id, "a", false, Duration)], await table.ListAsync());
        Assert.False(await table.IsHeldAsync(Guid.NewGuid()));
    }

    [Fact]
    public async Task Insert_Again_ReplacesTheNodesOwnRowsOnly()
    {
        var (table, first) = await OneAsync("a");
        var other = await InsertAsync(table, "A");
        await table.FenceAsync(first, other);

        var second = await InsertAsync(table, "a");

        Assert.False(await table.IsHeldAsync(first));
        Assert.True(await table.IsHeldAsync(second));
        Assert.True(await table.IsHeldAsync(other));
        Assert.Equal(new[] { other, second }.Order(), (await table.ListAsync()).Select(row => row.Id).Order());
    }

    [Fact]
    public async Task Fence_OfAnother_IsListedAndForEver()
    {
        var (table, own) = await OneAsync("a");
        var other = await InsertAsync(table, "b");

        Assert.Equal(FenceOutcome.Fenced, await table.FenceAsync(other, own));

        Assert.False(await table.IsHeldAsync(other));
        Assert.Contains(new LeaseRow(other, "b", true, Duration), await table.ListAsync());
        Assert.Equal(FenceOutcome.WasNotHeld, await table.FenceAsync(other, own));
    }

    [Fact]
    public async Task Fence_OwnFencedMeanwhile_DoesNothing()
    {
        var (table, own) = await OneAsync("a");
        var other = await InsertAsync(table, "b");
        await table.FenceAsync(own, other);

        Assert.Equal(FenceOutcome.OwnLost, await table.FenceAsync(other, own));

        Assert.True(await table.IsHeldAsync(other));
    }

    [Fact]
    public async Task Fence_OwnGone_DoesNothing()
    {
        var (table, own) = await OneAsync("a");
        var other = await InsertAsync(table, "b");
        await table.LeaveAsync(own);

        Assert.Equal(FenceOutcome.OwnLost, await table.FenceAsync(other, own));

        Assert.True(await table.IsHeldAsync(other));
    }

    [Fact]
    public async Task Fence_GoneOrFencedBefore_IsNotHeldWhateverTheOwnIs()
    {
        var (table, own) = await OneAsync("a");
        var other = await InsertAsync(table, "b");
        await table.FenceAsync(own, other);

        Assert.Equal(FenceOutcome.WasNotHeld, await table.FenceAsync(own, other));
        Assert.Equal(FenceOutcome.WasNotHeld, await table.FenceAsync(Guid.NewGuid(), own));
    }

    [Fact]
    public async Task Drop_OfARow_OnlyIfItIsFenced()
    {
        var (table, own) = await OneAsync("a");
        var other = await InsertAsync(table, "b");

        await table.DropAsync(other);
        Assert.True(await table.IsHeldAsync(other));

        await table.FenceAsync(other, own);
        await table.DropAsync(other);
        await table.DropAsync(other);
        Assert.Equal([own], (await table.ListAsync()).Select(row => row.Id));
    }

    [Fact]
    public async Task Leave_OwnRow_LeavesTheOthers()
    {
        var (table, own) = await OneAsync("a");
        var other = await InsertAsync(table, "b");

        await table.LeaveAsync(own);
        await table.LeaveAsync(own);

        Assert.Equal([other], (await table.ListAsync()).Select(row => row.Id));
    }

    [Fact]
    public async Task Fence_TwoOfEachOther_OneWins()
    {
        var (table, _) = await OneAsync("c");
        for (var i = 0; i < 40; i++)
        {
            var (a, b) = (await InsertAsync(table, "a"), await InsertAsync(table, "b"));

            var outcomes = await Task.WhenAll(Task.Run(async () => await table.FenceAsync(a, b)), Task.Run(async () => await table.FenceAsync(b, a)));

            Assert.Equal([FenceOutcome.Fenced, FenceOutcome.OwnLost], outcomes.Order());
            Assert.Single(new[] { await table.IsHeldAsync(a), await table.IsHeldAsync(b) }, isHeld => isHeld);
        }
    }

    [Fact]
    public async Task Fence_AmongRenewals_IsSeenByEveryReadSentAfterIt()
    {
        var (table, own) = await OneAsync("a");
        for (var i = 0; i < 40; i++)
        {
            var other = await InsertAsync(table, "b");
            var isFenced = false;
            var reads = Task.Run(async () =>
            {
                while (true)
                {
                    var mustBeLost = Volatile.Read(ref isFenced);
                    if (!await table.IsHeldAsync(other))
                    {
                        return true;
                    }
                    if (mustBeLost)
                    {
                        return false;
                    }
                }
            });

            Assert.Equal(FenceOutcome.Fenced, await table.FenceAsync(other, own));
            Volatile.Write(ref isFenced, true);

            Assert.True(await reads);
        }
    }

    protected static async Task<Guid> InsertAsync(ILeaseTable table, string node)
    {
        var id = Guid.NewGuid();
        await table.InsertAsync(id, node, Duration);
        return id;
    }

    private async Task<(ILeaseTable Table, Guid Id)> OneAsync(string node)
    {
        var table = await OpenAsync();
        return (table, await InsertAsync(table, node));
    }
}
