using System.Text;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Writers;
using AuthzCluster.Domain.Assignments;

namespace AuthzCluster.Actors.Tests.Writers;

public sealed class RoleDeletionCodecTests
{
    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public void Decode_WhatWasEncoded_IsTheSame(bool isForced, bool isMaking)
    {
        var deletion = new RoleDeletion(isForced, new Caller(new SubjectId("service", "a\"b|ü"), "request-1")) { IsMaking = isMaking };

        Assert.Equal(deletion, RoleDeletionCodec.Decode(RoleDeletionCodec.Encode(deletion)));
    }

    [Fact]
    public void Decode_DeletionOfARequest_IsStillOfIt()
    {
        var caller = new Caller(SubjectId.User("bob"), "request-1") { Request = new RequestKey(new("acme"), "id", [1, 2, 255]) };

        var read = RoleDeletionCodec.Decode(RoleDeletionCodec.Encode(new RoleDeletion(true, caller)));

        Assert.True(read.IsOf(caller with { Request = caller.Request.Again() }));
        Assert.False(read.IsOf(caller with { Request = null }));
        Assert.False(read.IsOf(caller with { Request = new RequestKey(new("acme"), "other", [1, 2, 255]) }));
        Assert.False(read.IsOf(caller with { Request = new RequestKey(new("acme"), "id", [1, 2]) }));
        Assert.False(read.IsOf(caller with { Request = new RequestKey(new("Acme"), "id", [1, 2, 255]) }));
    }

    [Fact]
    public void Decode_StoredByTheFirstVersion_IsReadWithUnknownMembersPassedOver()
    {
        var stored = Encoding.UTF8.GetBytes("""_{"forced":true,"caller_type":"user","caller_id":"bob","request_id":"r","later":[1]}""");
        stored[0] = 1;

        Assert.Equal(new RoleDeletion(true, new Caller(SubjectId.User("bob"), "r")), RoleDeletionCodec.Decode(stored));
        stored[0] = 2;
        Assert.Throws<InvalidDataException>(() => RoleDeletionCodec.Decode(stored));
    }
}
