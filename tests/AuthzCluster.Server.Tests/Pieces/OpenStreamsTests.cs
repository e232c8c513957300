using AuthzCluster.Api.Grpc;
using AuthzCluster.Domain.Assignments;

namespace AuthzCluster.Server.Tests.Pieces;

public sealed class OpenStreamsTests
{
    private static readonly SubjectId Alice = SubjectId.User("alice"), Bob = SubjectId.User("bob");

    [Fact]
    public void TryOpen_OfOneCaller_EndsBeforeTheOthersAreKeptOut()
    {
        var streams = new OpenStreams(3, 2);

        Assert.Equal([true, true, false, true, false], new[] { Alice, Alice, Alice, Bob, Bob }.Select(streams.TryOpen));
        streams.Close(Alice);
        Assert.True(streams.TryOpen(Bob));
        Assert.False(streams.TryOpen(Alice));
    }
}
