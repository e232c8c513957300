using AuthzCluster.Domain.Errors;
using AuthzCluster.Grains.Abstractions.Calls;
using Orleans.Runtime;
using Orleans.Serialization;
using ErrorCode = AuthzCluster.Domain.Errors.ErrorCode;

namespace AuthzCluster.Grains.Tests.Calls;

/// <summary>Which failures of calls are refusals for the moment.</summary>
public sealed class LostTests
{
    public static TheoryData<Exception> Refusals => new()
    {
        new TimeoutException(), new OperationCanceledException(), new SiloUnavailableException("gone"),
        // What a silo answers when the reason why it found no place for a call is of a type that the wire does not know.
        new CodecNotFoundException("Could not find a codec for type Polly.Timeout.TimeoutRejectedException."),
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Call_LostOrRefused_IsUnavailable(Exception failure)
    {
        var answer = await Task.FromException<Result<bool>>(failure).ToRefusalAsync();

        Assert.Equal(ErrorCode.Unavailable, answer.Error?.Code);
        Assert.True(Lost.Tells(answer.Error!));
    }

    [Fact]
    public async Task Call_ThatFailsOtherwise_IsNotHidden() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => Task.FromException<Result<bool>>(new InvalidOperationException()).ToRefusalAsync());
}
