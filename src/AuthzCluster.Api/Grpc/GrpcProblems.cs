using AuthzCluster.Api.Http;
using AuthzCluster.Domain.Errors;

namespace AuthzCluster.Api.Grpc;

/// <summary>What only calls can be refused for.</summary>
internal static class GrpcProblems
{
    /// <summary>The caller's time is over.</summary>
    public static Problem DeadlineExceeded { get; } = new(504, "deadline_exceeded", "Too late", "the deadline of the call has passed; a write may have been done");

    /// <summary>Refused so that there is memory for others.</summary>
    public static Problem TooManyStreams { get; } = Problem.Of(new AuthzError(ErrorCode.RateLimited, "too many streams are open"));

    /// <summary>Refused so that what it holds is there for others.</summary>
    public static Problem TooSlow { get; } = Problem.Of(new AuthzError(ErrorCode.RateLimited, "a large message came too slowly"));

    /// <summary>What cannot be read as messages at all.</summary>
    public static ProblemException Malformed(string detail) => new(new Problem(400, "malformed_message", "Malformed message", detail));

    /// <summary>What is not done here.</summary>
    public static Problem Unimplemented(string detail) => new(501, "unimplemented", "Not implemented", detail);

    /// <summary>Why a call was told to stop.</summary>
    public static Problem Stopped(GrpcCall call) =>
        call.Expired.IsCancellationRequested ? DeadlineExceeded : Problem.Of(new AuthzError(ErrorCode.Unavailable, "this process stops: call again, elsewhere"));
}
