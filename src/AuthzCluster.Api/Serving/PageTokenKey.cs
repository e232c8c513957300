using System.Security.Cryptography;
using AuthzCluster.Hosting;
using AuthzCluster.Hosting.Keys;

namespace AuthzCluster.Api.Serving;

/// <summary>The key of the page tokens, kept so that a token outlives a restart. Worth nothing to anybody else.</summary>
public static class PageTokenKey
{
    private const string FileName = "page-token.key";
    private const int Length = 32;

    /// <summary>Reads it from a directory, where it is made if it is not there.</summary>
    /// <exception cref="StartRefusedException">It cannot be read or made, or is damaged.</exception>
    public static byte[] Read(string directory)
    {
        var path = Path.Combine(directory, FileName);
        var key = SecretFile.Read(path);
        if (key is null)
        {
            SecretFile.Write(path, RandomNumberGenerator.GetBytes(Length));
            key = SecretFile.Read(path);
        }
        return key?.Length == Length ? key : throw new StartRefusedException($"{path} is damaged; delete it to get a new one");
    }
}
