using Microsoft.IdentityModel.Protocols;

namespace AuthzCluster.Api.Credentials;

/// <summary>Gets an issuer's documents: small ones, soon, from safe addresses, and from nowhere that these point on to.</summary>
internal sealed class MetadataDocuments : IDocumentRetriever, IDisposable
{
    private const int LongestDocument = 1024 * 1024;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5), ConnectionLife = TimeSpan.FromMinutes(5);

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = ConnectionLife })
    {
        Timeout = LongestWait,
        MaxResponseContentBufferSize = LongestDocument,
    };

    // Also called with the address of the keys, which the metadata says.
    public Task<string> GetDocumentAsync(string address, CancellationToken cancel) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && MetadataAddress.IsSafe(uri)
            ? _http.GetStringAsync(uri, cancel)
            : throw new InvalidDataException("the issuer's keys are at an address that is not https");

    public void Dispose() => _http.Dispose();
}
