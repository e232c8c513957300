using System.Text.Json.Nodes;

namespace AuthzCluster.Client;

/// <summary>What a question is about.</summary>
/// <param name="Type">Its type, such as <c>invoices</c>; null: of none.</param>
/// <param name="Id">Its id within the type; null: no particular one.</param>
public sealed record AccessResource(string? Type = null, string? Id = null)
{
    /// <summary>Its attributes, such as <c>owner_id</c>; they override stored ones by name.</summary>
    public JsonObject? Properties { get; init; }
}
