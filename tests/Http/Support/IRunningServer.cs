namespace AuthzCluster.Http.Tests.Support;

/// <summary>What answers the API over HTTP, for a test that starts it. Dispose ends it, and all that it keeps.</summary>
public interface IRunningServer : IAsyncDisposable
{
    Uri Url { get; }

    /// <summary>Where gRPC is.</summary>
    Uri GrpcUrl { get; }

    /// <summary>The admin key.</summary>
    string Key { get; }

    /// <summary>Where it keeps what it keeps: no answer tells it.</summary>
    string Place { get; }
}
