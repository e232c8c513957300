using Xunit;

namespace AuthzCluster.Testing;

/// <summary>A test that makes files immutable under the store's hands; where that is not permitted it is skipped, and says so.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ImmutableFactAttribute : FactAttribute
{
    private static readonly bool CanFreeze = Try();

    public ImmutableFactAttribute()
    {
        if (!CanFreeze)
        {
            Skip = "chattr +i needs root and a file system that knows it: a read-only disk was NOT tested.";
        }
    }

    private static bool Try()
    {
        using var directory = new TemporaryDirectory();
        var file = Path.Combine(directory.Path, "file");
        File.WriteAllText(file, "");
        return Tool.Run("chattr", "+i", file) && Tool.Run("chattr", "-i", file);
    }
}
