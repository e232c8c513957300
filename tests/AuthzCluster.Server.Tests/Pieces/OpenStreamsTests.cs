using AuthzCluster.Api.Http;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Server.Tests.Pieces;

public sealed class OpenStreamsTests
{
    private static readonly TenantId Acme = new("acme"), Globex = new("globex");
    private static readonly SubjectId Alice = SubjectId.User("alice"), Bob = SubjectId.User("bob"), Carol = SubjectId.User("carol");

    [Fact]
    public void TryOpen_OfOneCaller_EndsBeforeTheOthersAreKeptOut()
    {
        var streams = new OpenStreams(3, 3, 2);

        Assert.Equal([true, true, false, true, false], new[] { Alice, Alice, Alice, Bob, Bob }.Select(caller => streams.TryOpen(Acme, caller)));
        streams.Close(Acme, Alice);
        Assert.True(streams.TryOpen(Acme, Bob));
        Assert.False(streams.TryOpen(Acme, Alice));
    }

    [Fact]
    public void TryOpen_OfOneTenant_EndsBeforeOthersAreKeptOutHoweverManyAreItsCallers()
    {
        var streams = new OpenStreams(4, 2, 1);

        Assert.Equal([true, true, false], new[] { Alice, Bob, Carol }.Select(caller => streams.TryOpen(Acme, caller)));
        Assert.True(streams.TryOpen(Globex, Alice));
        streams.Close(Acme, Alice);
        Assert.True(streams.TryOpen(Acme, Carol));
        Assert.False(streams.TryOpen(Acme, Alice));
    }
}
