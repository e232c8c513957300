using AuthzCluster.Api.Grpc.Rpc;
using Google.Protobuf;

namespace AuthzCluster.Http.Tests.Grpc;

/// <summary>How a call ended, and what came before.</summary>
internal sealed record GrpcReply(int Status, string Message, Status? Details, IReadOnlyList<byte[]> Messages, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>The service's own code of an error.</summary>
    public string? Code => Details?.Details.Select(detail => detail.TryUnpack<ErrorInfo>(out var info) ? info.Reason : null).FirstOrDefault(reason => reason is not null);

    /// <summary>What is told of an error besides its code.</summary>
    public IReadOnlyDictionary<string, string> Metadata =>
        Details?.Details.Select(detail => detail.TryUnpack<ErrorInfo>(out var info) ? info.Metadata.ToDictionary() : null).FirstOrDefault(one => one is not null) ?? [];

    /// <summary>The fields that were found wrong.</summary>
    public IReadOnlyList<string> Fields =>
        [.. Details?.Details.SelectMany(detail => detail.TryUnpack<BadRequest>(out var fields) ? fields.FieldViolations.Select(one => one.Field) : []) ?? []];

    /// <summary>The only message of a call that ended well.</summary>
    public T One<T>() where T : IMessage<T>, new()
    {
        Assert.True(Status == 0, $"expected 0, was {Status}: {Message}");
        return new MessageParser<T>(() => new T()).ParseFrom(Assert.Single(Messages));
    }

    /// <summary>Holds it to have ended with this status and code.</summary>
    public GrpcReply Refused(int status, string code, string? field = null)
    {
        Assert.True(Status == status, $"expected {status} {code}, was {Status}: {Message}");
        Assert.Equal(code, Code);
        Assert.Equal(status, Details!.Code);
        Assert.NotEmpty(Message);
        Assert.Equal(Message, Details.Message);
        if (field is not null)
        {
            Assert.Contains(field, Fields);
        }
        return this;
    }
}
