using System.Text.Json;
using AuthzCluster.Api.Json;
using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Api.Transfer;

/// <summary>
/// Stands in for a role row that could not be read, so that the other rows keep their numbers, and what they say of
/// this one still finds it. Never imported.
/// </summary>
internal static class RowNames
{
    /// <summary>A role of the row's name, as far as it has one.</summary>
    public static RoleDraft StandIn(ReadOnlySpan<byte> row, string path)
    {
        var (name, id) = ((string?)null, (string?)null);
        try
        {
            var reader = new Utf8JsonReader(row, StrictJson.ReaderOptions);
            reader.Read();
            while (reader.TokenType != JsonTokenType.EndObject && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var (isName, isId) = (reader.ValueTextEquals("name"u8), reader.ValueTextEquals("id"u8));
                reader.Read();
                if ((isName || isId) && reader.TokenType == JsonTokenType.String)
                {
                    (name, id) = isName ? (reader.GetString(), id) : (name, reader.GetString());
                }
                reader.Skip();
            }
        }
        catch (Exception e) when (StrictJson.IsFault(e))
        {
            // As far as it could be read.
        }
        return StandIn(name, id, path);
    }

    /// <summary>A role of that name, which nothing is wrong with.</summary>
    public static RoleDraft StandIn(string? name, string? id, string path) =>
        new() { Name = string.IsNullOrWhiteSpace(name) ? $"({path})" : name, Id = string.IsNullOrWhiteSpace(id) ? null : id };
}
