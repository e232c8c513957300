using System.Text;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Hosting.Keys;

namespace AuthzCluster.Hosting.Vault;

/// <summary>A key ring as files of a directory that only its owner may enter; the directory is made with the first key.</summary>
/// <param name="directory">The directory.</param>
public sealed class KeyRingFiles(string directory) : IKeyRing
{
    /// <summary>The usual name of the directory.</summary>
    public const string DirectoryName = "keys";

    private const string Extension = ".xml";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <inheritdoc/>
    public string Where => $"the directory `{directory}`";

    /// <inheritdoc/>
    public IReadOnlyList<string> Read() => Try<IReadOnlyList<string>>("read", () =>
    {
        if (!Directory.Exists(directory))
        {
            return [];
        }
        Close();
        return [.. Directory.GetFiles(directory, "*" + Extension).Order(StringComparer.Ordinal).Select(File.ReadAllText)];
    });

    /// <inheritdoc/>
    public void Add(string name, string xml) => Try<object?>("written to", () =>
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(directory);
        }
        else
        {
            Directory.CreateDirectory(directory, OwnerOnly);
            Close();
        }
        // On disk before it seals anything: what it sealed could never be read.
        SecretFile.Write(Path.Combine(directory, Path.GetFileName(name) + Extension), Encoding.UTF8.GetBytes(xml));
        return null;
    });

    private void Close()
    {
        if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(directory) != OwnerOnly)
        {
            File.SetUnixFileMode(directory, OwnerOnly);
        }
    }

    private T Try<T>(string done, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or StartRefusedException)
        {
            throw new StoreUnavailableException($"the key ring in {Where} cannot be {done}: {e.Message}", isOutcomeKnown: true, e);
        }
    }
}
