namespace AuthzCluster.Hosting.Keys;

/// <summary>Small files that only their owner may read. What does not work keeps the server from starting.</summary>
public static class SecretFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The content; null: there is no such file.</summary>
    public static byte[]? Read(string path) => Try(path, () =>
    {
        if (!File.Exists(path))
        {
            return null;
        }
        if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(path) != OwnerOnly)
        {
            File.SetUnixFileMode(path, OwnerOnly);
        }
        return File.ReadAllBytes(path);
    });

    /// <summary>Writes a file, unless another process was faster. Whole or not at all: by way of another name.</summary>
    public static void Write(string path, byte[] content) => Try<byte[]?>(path, () =>
    {
        var draft = $"{path}.{Environment.ProcessId}.new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }
        using (var file = new FileStream(draft, options))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }
        try
        {
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException)
        {
            File.Delete(draft);
            if (!File.Exists(path))
            {
                throw;
            }
        }
        return null;
    });

    private static T Try<T>(string path, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"{path} cannot be read or made: {e.Message}", e);
        }
    }
}
