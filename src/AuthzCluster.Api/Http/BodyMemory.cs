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

    /// <summary>
    /// Takes so much instead of what is held. Throws 503 where there is no room; what was held is given back then, in the same step: else two that
    /// grow together refuse each other.
    /// </summary>
    public void Take(ref long held, long bytes)
    {
        for (var taken = Volatile.Read(ref _taken); ;)
        {
            var others = taken - held;
            var fits = bytes <= limit - others;
            var seen = Interlocked.CompareExchange(ref _taken, fits ? others + bytes : others, taken);
            if (seen == taken)
            {
                held = fits ? bytes : 0;
                if (!fits)
                {
                    throw new ProblemException(Problem.Of(new AuthzError(ErrorCode.Unavailable, "too many large bodies are being sent")));
                }
                return;
            }
            taken = seen;
        }
    }

    /// <summary>Gives back what is held.</summary>
    public void Give(ref long held)
    {
        Interlocked.Add(ref _taken, -held);
        held = 0;
    }
}
