using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace AuthzCluster.Server.Keys;

/// <summary>
/// The key that may do everything. Its file is the only place where it is: the process keeps its hash. Whoever can
/// write to the data directory is the administrator anyway, so a deleted file is a request for a new key.
/// </summary>
internal static class AdminKey
{
    public const string FileName = "admin.key";
    private const string Prefix = "authzk_";
    private const int RandomBytes = 32, ShortestKey = 32;

    /// <summary>SHA-256 of the key in <paramref name="directory"/>; makes one where there is none.</summary>
    public static byte[] ReadHash(string directory)
    {
        var path = Path.Combine(directory, FileName);
        var bytes = SecretFile.ReadOrMake(path, () => Encoding.ASCII.GetBytes(Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes)) + "\n"));
        var key = Encoding.UTF8.GetString(bytes).Trim();
        return key.Length < ShortestKey
            ? throw new StartRefusedException($"{path} holds no key of at least {ShortestKey} characters; delete it to get a new one")
            : SHA256.HashData(Encoding.UTF8.GetBytes(key));
    }
}
