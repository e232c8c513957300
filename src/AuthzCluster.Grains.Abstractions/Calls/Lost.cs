using AuthzCluster.Domain.Errors;
using Orleans.Serialization;
using ErrorCode = AuthzCluster.Domain.Errors.ErrorCode;

namespace AuthzCluster.Grains.Abstractions.Calls;

/// <summary>Calls that were lost on the way, or refused by who got them: as refusals, since that is what callers of actors know.</summary>
internal static class Lost
{
    private const string Late = "the call was not answered in time", Unreached = "the node that is asked cannot be reached";

    /// <summary>
    /// How long a write of one thing may take, before it counts as lost: a turn that calls on holds up all behind it. Longer than writes wait for the
    /// lease of a node that is gone.
    /// </summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(15);

    /// <summary>The same for what goes through many things: whoever does due work, one thing after the other, must not wait for a call that is lost.</summary>
    public static TimeSpan LongPatience { get; } = TimeSpan.FromMinutes(2);

    /// <summary>Why nothing is called while no silo was ever found.</summary>
    public static AuthzError NotFound { get; } = new(ErrorCode.Unavailable, "no silo has been found yet");

    /// <summary>
    /// Whether a call's failure says nothing about what became of it, or that it never began. What a silo could not find a place for it may refuse for a reason that it cannot put
    /// on the wire: its caller is told that alone.
    /// </summary>
    public static bool Is(Exception e) => e is OrleansException or TimeoutException or OperationCanceledException or SerializerException;

    /// <summary>As a refusal.</summary>
    public static AuthzError Error(Exception e) => new(ErrorCode.Unavailable, e is TimeoutException or OperationCanceledException ? Late : Unreached);

    /// <summary>Whether a refusal, of whoever called on, is the loss of a call. (Its text is all that the wire has of it.)</summary>
    public static bool Tells(AuthzError error) => error is { Code: ErrorCode.Unavailable, Detail: Late or Unreached };

    /// <summary>A call with its loss as a refusal; also lost is what was not answered within <paramref name="patience"/>.</summary>
    public static Task<Result<T>> ToRefusalAsync<T>(this Task<Result<T>> call, TimeSpan patience) => call.WaitAsync(patience).ToRefusalAsync();

    /// <summary>A call with its loss as a refusal.</summary>
    public static async Task<Result<T>> ToRefusalAsync<T>(this Task<Result<T>> call)
    {
        try
        {
            return await call;
        }
        catch (Exception e) when (Is(e))
        {
            return Error(e);
        }
    }

    /// <summary>A call with its loss as a refusal.</summary>
    public static ValueTask<Result<T>> ToRefusalAsync<T>(this ValueTask<Result<T>> call)
    {
        return call.IsCompletedSuccessfully ? call : AwaitAsync(call);

        static async ValueTask<Result<T>> AwaitAsync(ValueTask<Result<T>> call)
        {
            try
            {
                return await call;
            }
            catch (Exception e) when (Is(e))
            {
                return Error(e);
            }
        }
    }
}
