using AuthzCluster.Storage.Tests.Processes;

namespace AuthzCluster.Storage.Tests.Sqlite;

/// <summary>A test that makes files immutable under the store's hands; where that is not permitted it is skipped, and says so.</summary>
public sealed class ImmutableFactAttribute : FactAttribute
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
        using var directory = new TempDirectory();
        File.WriteAllText(directory.Database, "");
        return ChildProcess.Run("chattr", "+i", directory.Database) && ChildProcess.Run("chattr", "-i", directory.Database);
    }
}
