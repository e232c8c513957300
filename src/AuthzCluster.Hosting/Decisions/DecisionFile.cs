namespace AuthzCluster.Hosting.Decisions;

/// <summary>
/// Where the lines of the decision log go. A file is added to, and made anew where it is gone, so that it can be moved away while it is written; its owner alone
/// reads it. Not synced: it is no evidence.
/// </summary>
internal sealed class DecisionFile(string target) : IDisposable
{
    private Stream? _stream;

    /// <summary>Opens a file to add to.</summary>
    public static FileStream Open(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        return new FileStream(path, options);
    }

    /// <summary>Adds lines.</summary>
    /// <exception cref="IOException">They could not be written, or not all of them.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public async Task WriteAsync(ReadOnlyMemory<byte> lines)
    {
        if (target != DecisionLogOptions.StandardOutput && _stream is not null && !File.Exists(target))
        {
            Dispose();
        }
        _stream ??= target == DecisionLogOptions.StandardOutput ? Console.OpenStandardOutput() : Open(target);
        try
        {
            await _stream.WriteAsync(lines).ConfigureAwait(false);
            await _stream.FlushAsync().ConfigureAwait(false);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stream?.Dispose();
        _stream = null;
    }
}
