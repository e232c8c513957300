using AuthzCluster.Domain.Errors;

namespace AuthzCluster.Api.Http;

/// <summary>
/// What large bodies may take up together. Small ones are not counted, so that whoever fills this with uploads keeps
/// others from uploads only, never from asking.
/// </summary>
/// <param name="limit">Bytes.</param>
internal sealed class BodyMemory(long limit)
{
    private long _taken;

    /// <summary>Takes some; throws 503 where there is no room.</summary>
    public void Take(long bytes)
    {
        if (Interlocked.Add(ref _taken, bytes) > limit)
        {
            Give(bytes);
            throw new ProblemException(Problem.Of(new AuthzError(ErrorCode.Unavailable, "too many large bodies are being sent")));
        }
    }

    /// <summary>Gives back what was taken.</summary>
    public void Give(long bytes) => Interlocked.Add(ref _taken, -bytes);
}
