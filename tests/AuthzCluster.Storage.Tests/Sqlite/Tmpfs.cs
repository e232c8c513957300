using AuthzCluster.Storage.Tests.Processes;

namespace AuthzCluster.Storage.Tests.Sqlite;

/// <summary>A file system of a few megabytes.</summary>
internal sealed class Tmpfs : IDisposable
{
    private readonly TempDirectory _directory = new();

    public Tmpfs(int megabytes)
    {
        if (!ChildProcess.Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", _directory.Path))
        {
            _directory.Dispose();
            throw new InvalidOperationException("tmpfs cannot be mounted here.");
        }
    }

    public string Path => _directory.Path;

    public void Dispose()
    {
        ChildProcess.Run("umount", "-l", _directory.Path);
        _directory.Dispose();
    }
}
