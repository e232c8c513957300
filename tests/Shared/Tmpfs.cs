namespace AuthzCluster.Testing;

/// <summary>A file system of a few megabytes.</summary>
internal sealed class Tmpfs : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public Tmpfs(int megabytes)
    {
        if (!Tool.Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", _directory.Path))
        {
            _directory.Dispose();
            throw new InvalidOperationException("tmpfs cannot be mounted here.");
        }
    }

    public string Path => _directory.Path;

    public void Dispose()
    {
        Tool.Run("umount", "-l", _directory.Path);
        _directory.Dispose();
    }
}
