namespace AuthzCluster.Storage.Sqlite.Opening;

/// <summary>
/// Holds <c>lock</c> in the data directory for as long as the process lives. It is the operating system's lock on the
/// open file, so that kill -9 releases it and a file left behind means nothing.
/// </summary>
internal sealed class DirectoryLock : IDisposable
{
    private const int WouldBlockLinux = 11, WouldBlockMac = 35, SharingViolationWindows = unchecked((int)0x80070020);

    private readonly FileStream _file;

    private DirectoryLock(FileStream file) => _file = file;

    public static DirectoryLock Acquire(string directory)
    {
        try
        {
            Directory.CreateDirectory(directory);
            return new(new FileStream(Path.Combine(directory, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e) when (e.HResult is WouldBlockLinux or WouldBlockMac or SharingViolationWindows)
        {
            throw new DataDirectoryInUseException(directory);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreRefusedException($"The data directory '{directory}' cannot be written: {e.Message}", e);
        }
    }

    public void Dispose() => _file.Dispose();
}
