namespace AuthzCluster.Client;

/// <summary>What an outside engine was asked on the way to a decision, and what it answered.</summary>
public sealed record OutsideStep
{
    /// <summary>The kind of engine: <c>opa</c>, or a newer one.</summary>
    public required string Engine { get; init; }

    /// <summary>The document asked for.</summary>
    public required string Path { get; init; }

    /// <summary><c>true</c>, <c>false</c>, <c>undefined</c> or <c>error</c>, as a text.</summary>
    public required string Answer { get; init; }

    /// <summary>Why there was no answer; null: there was one.</summary>
    public string? Problem { get; init; }

    /// <summary>Whether it was asked for the final word.</summary>
    public bool IsFinalWord { get; init; }
}
