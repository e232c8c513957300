using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AuthzCluster.Hosting.Opa;

/// <summary>By what this server and the policy servers know each other.</summary>
/// <param name="Token">What is sent; null: nothing.</param>
/// <param name="Authorities">Whose certificates count; null: those of whom the machine trusts.</param>
internal sealed record OpaSecrets(string? Token, X509Certificate2Collection? Authorities)
{
    /// <summary>Reads the files.</summary>
    /// <exception cref="StartRefusedException">One cannot be read, or has nothing in it.</exception>
    public static OpaSecrets Read(OpaOptions options) => new(ReadToken(options.TokenFile), ReadAuthorities(options.Authority));

    private static string? ReadToken(string? file)
    {
        if (file is null)
        {
            return null;
        }
        try
        {
            var token = File.ReadAllText(file).Trim();
            return AuthenticationHeaderValue.TryParse($"Bearer {token}", out _) && token.Length > 0 && !token.Any(c => char.IsWhiteSpace(c) || !char.IsAscii(c))
                ? token : throw new StartRefusedException($"--opa-token-file: what is in `{file}` is no bearer token");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new StartRefusedException($"--opa-token-file: `{file}` cannot be read: {e.Message}", e);
        }
    }

    private static X509Certificate2Collection? ReadAuthorities(string? file)
    {
        if (file is null)
        {
            return null;
        }
        try
        {
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPemFile(file);
            return authorities.Count > 0 ? authorities : throw new StartRefusedException($"--opa-ca: there is no certificate in `{file}`");
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"--opa-ca: `{file}` cannot be read: {e.Message}", e);
        }
    }
}
