using AuthzCluster.Api.Http;

namespace AuthzCluster.Server.Tests.Pieces;

/// <summary>The memory of large bodies, shared by those that come together.</summary>
public class BodyMemoryTests
{
    [Fact]
    public async Task Take_TwoThatGrowTogether_OneIsRefusedAndTheOtherGoesOn()
    {
        for (var round = 0; round < 2_000; round++)
        {
            var memory = new BodyMemory(64);
            using var start = new Barrier(2);

            var fit = await Task.WhenAll(Grow(memory, start), Grow(memory, start));

            Assert.True(fit[0] != fit[1], $"round {round}: {fit[0]}, {fit[1]}");
        }
    }

    [Fact]
    public void Take_Refused_GivesBackWhatWasHeld()
    {
        var memory = new BodyMemory(64);
        long first = 0, second = 0, third = 0;
        memory.Take(ref first, 40);
        memory.Take(ref second, 16);

        Assert.Throws<ProblemException>(() => memory.Take(ref second, 30));

        memory.Take(ref third, 24);
        Assert.Equal((40, 0, 24), (first, second, third));
    }

    private static Task<bool> Grow(BodyMemory memory, Barrier start) => Task.Factory.StartNew(
        () =>
        {
            var held = 0L;
            memory.Take(ref held, 16);
            start.SignalAndWait();
            try
            {
                memory.Take(ref held, 60);
                return true;
            }
            catch (ProblemException)
            {
                memory.Give(ref held);
                return false;
            }
        },
        CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
