namespace AuthzCluster.Api.OpenApi;

/// <summary>What the description says of an endpoint that its row of the table does not.</summary>
/// <param name="Summary">What it does, in a line.</param>
/// <param name="Answer">The schema of its answer; null: it has no body.</param>
/// <param name="Status">The status when all is well.</param>
internal sealed record EndpointText(string Summary, string? Answer, int Status = 200)
{
    /// <summary>The schema of its body; null: it takes none.</summary>
    public string? Body { get; init; }

    /// <summary>A body that it takes, JSON.</summary>
    public string? Example { get; init; }

    /// <summary>Bodies of other types that it takes, by type: their schemas.</summary>
    public IReadOnlyDictionary<string, string> OtherBodies { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether the body may be left out.</summary>
    public bool IsBodyOptional { get; init; }

    /// <summary>Another status; null: none.</summary>
    public int? OrStatus { get; init; }

    /// <summary>The schema of the answer with that; null: the same.</summary>
    public string? OrAnswer { get; init; }

    /// <summary>Whether it tells the version of what it answers with, where that has one.</summary>
    public bool TellsVersion { get; init; } = true;

    /// <summary>The type of its answer.</summary>
    public string MediaType { get; init; } = Http.MediaTypes.Json;

    /// <summary>Other types that it has by the query's <c>format</c>.</summary>
    public IReadOnlyList<string> OtherTypes { get; init; } = [];
}
