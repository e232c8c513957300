namespace AuthzCluster.Storage.Tests.Sqlite;

/// <summary>A test that mounts a small file system; where that is not permitted it is skipped, and says so.</summary>
public sealed class MountFactAttribute : FactAttribute
{
    private static readonly bool CanMount = Try();

    public MountFactAttribute()
    {
        if (!CanMount)
        {
            Skip = "Mounting a tmpfs needs root: a full disk was NOT tested.";
        }
    }

    private static bool Try()
    {
        try
        {
            new Tmpfs(1).Dispose();
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
