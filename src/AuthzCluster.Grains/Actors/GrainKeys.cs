using AuthzCluster.Actors.Storage;

namespace AuthzCluster.Grains.Actors;

/// <summary>A grain's key is its actor's key in storage.</summary>
internal static class GrainKeys
{
    /// <summary>The key of a grain.</summary>
    public static ActorKey Key(this IGrainContext context) => new(context.GrainId.Key.ToString()!);
}
