using AuthzCluster.Actors.Contracts;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Domain.Errors;

namespace AuthzCluster.Conformance.Suites;

/// <summary>One kind of write, to be made and made again.</summary>
/// <param name="Prepare">What must be there before; takes the name of what is written.</param>
/// <param name="Write">Makes it.</param>
/// <param name="Action">The audit action that tells of it.</param>
public sealed record RepeatedWrite(Func<string, Task> Prepare, Func<string, Caller, Task<RepeatedAnswer>> Write, string Action)
{
    /// <summary>The action that tells that it was undone; null: it never is.</summary>
    public string? Undone { get; init; }

    /// <summary>How many records of <see cref="Action"/> it makes.</summary>
    public int Times { get; init; } = 1;

    /// <summary>Whether rows fail alone, so that what is cut off is an answer.</summary>
    public bool IsByRow { get; init; }

    /// <summary>Whether a repeat is told of too: it gives a secret in place of the one that was not told.</summary>
    public bool TellsRepeats { get; init; }
}

/// <summary>What a port answered, as text.</summary>
/// <param name="Error">The refusal; null: none.</param>
/// <param name="Text">The answer.</param>
public sealed record RepeatedAnswer(AuthzError? Error, string Text)
{
    public static async Task<RepeatedAnswer> OfAsync<T>(Task<Result<T>> write)
    {
        var result = await write;
        return new RepeatedAnswer(result.Error, result.IsOk ? System.Text.Encoding.UTF8.GetString(ContractJson.Write(result.Value!)) : "");
    }
}
