using System.Security.Cryptography;
using System.Text;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Api.Credentials;

/// <summary>Judges the admin key. Compares hashes, in constant time, so that a guess learns nothing from how long it took.</summary>
/// <param name="keyHash">SHA-256 of the admin key.</param>
internal sealed class AdminKeyReader(byte[] keyHash) : ICredentialReader
{
    /// <summary>Who the admin key speaks for.</summary>
    private static readonly Credential Admin = new(new SubjectId("service", "admin"), [TenantId.System]);

    public bool Reads(string token) => true;

    public ValueTask<Result<Credential?>> ReadAsync(string token) =>
        new(CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(token)), keyHash) ? Admin : (Result<Credential?>)(Credential?)null);
}
