namespace AuthzCluster.Domain.Policies.Outside;

/// <summary>What an outside engine answered. What is no answer is <see cref="Truth.Error"/>, and says why.</summary>
/// <param name="Truth">What a condition comes to by it.</param>
/// <param name="Until">The instant from which on it has to be asked anew; of an error the one at which it came.</param>
public sealed record OutsideAnswer(Truth Truth, DateTimeOffset Until)
{
    /// <summary>Whether the engine has no such document for this question: then it does not hold.</summary>
    public bool IsUndefined { get; init; }

    /// <summary>Why there is no answer, in words that repeat nothing of the question; null: there is one.</summary>
    public string? Problem { get; init; }

    /// <summary>There is none.</summary>
    public static OutsideAnswer Failed(string problem, DateTimeOffset now) => new(Truth.Error, now) { Problem = problem };
}
