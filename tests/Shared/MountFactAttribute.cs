using Xunit;

namespace AuthzCluster.Testing;

/// <summary>A test that mounts a small file system; where that is not permitted it is skipped, and says so.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class MountFactAttribute : FactAttribute
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
