namespace AuthzCluster.Api.AuthZen;

/// <summary>A search as it was sent: a question of which one part is open, and which page of it.</summary>
internal sealed record AuthZenSearch : AuthZenItem
{
    /// <summary>Where to go on; null or empty: the first page.</summary>
    public string? Token { get; set; }

    /// <summary>How many are wanted at most, from 1; null: not said.</summary>
    public int? Limit { get; set; }

    /// <summary>Whether it says nothing of what is looked for, as one that goes on with a token may.</summary>
    public bool IsBare => Subject is null && Action is null && Resource is null && Context is null && OwnFault is null;
}
