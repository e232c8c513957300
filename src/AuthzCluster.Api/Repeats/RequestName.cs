using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using AuthzCluster.Api.Http;

namespace AuthzCluster.Api.Repeats;

/// <summary>What tells a request from all others, and what it asks for: hashes over parts with their lengths, so that no two read alike.</summary>
internal static class RequestName
{
    /// <summary>The id of a request: of the tenant in which it is decided, of who asks, and of the key. Nobody has another's.</summary>
    public static string IdOf(ApiRequest request, string key)
    {
        var subject = request.Admission!.Credential.Subject;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, request.DecidedIn.Value, subject.Type, subject.Id, key);
        return Base64Url.EncodeToString(hash.GetHashAndReset());
    }

    /// <summary>What it asks for: the same by whichever form of the path, with the parameters of the query in whatever order.</summary>
    public static byte[] FingerprintOf(ApiRequest request, ReadOnlySpan<byte> body)
    {
        var headers = request.Http.Request.Headers;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, request.Endpoint.Method, request.Endpoint.Pattern, request.Tenant.Value);
        Add(hash, [.. request.Endpoint.Parameters.Select(name => request[name])]);
        Add(hash, [.. request.Query.All.OrderBy(pair => pair.Key, StringComparer.Ordinal).SelectMany(pair => new[] { pair.Key, pair.Value })]);
        Add(hash, headers.IfMatch.ToString(), headers.ContentType.ToString(), headers.ContentEncoding.ToString());
        hash.AppendData(body);
        return hash.GetHashAndReset();
    }

    private static void Add(IncrementalHash hash, params ReadOnlySpan<string> parts)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, parts.Length);
        hash.AppendData(length);
        foreach (var part in parts)
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }
    }
}
