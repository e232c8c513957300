using System.Text.Json.Serialization.Metadata;

namespace AuthzCluster.Actors.Contracts.Json;

/// <summary>No member must be there: another version may have stopped to send it.</summary>
internal static class Leniency
{
    public static void Add(JsonTypeInfo info)
    {
        foreach (var member in info.Properties)
        {
            member.IsRequired = false;
        }
    }
}
