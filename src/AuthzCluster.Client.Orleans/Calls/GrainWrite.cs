using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Client.Http;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Tenancy;
using ErrorCode = AuthzCluster.Domain.Errors.ErrorCode;

namespace AuthzCluster.Client.Orleans.Calls;

/// <summary>What a write is, needs and says.</summary>
/// <param name="Name">The operation.</param>
/// <param name="Right">What it needs.</param>
/// <param name="Feature">What the tenant's edition must have.</param>
/// <param name="Parts">All that is asked for, so that another write under the same key is told apart.</param>
internal sealed record GrainWrite(string Name, Permission Right, Feature Feature, params string?[] Parts)
{
    private const int UsualBody = 1024 * 1024, RoleBody = 4 * UsualBody;

    /// <summary>Whether the turn that writes asks for the right again, with the grant's scope.</summary>
    public bool IsScoped { get; init; }

    /// <summary>A role or a grant as the text that would be sent over HTTP, within the same limits.</summary>
    public static string Text<T>(T body, JsonTypeInfo<T> type)
    {
        var bytes = Bodies.Write(body, type);
        var limit = typeof(T) == typeof(RoleBodyWire) ? RoleBody : UsualBody;
        return bytes.Length <= limit ? Encoding.UTF8.GetString(bytes)
            : throw Failures.Of(new AuthzError(ErrorCode.PayloadTooLarge, $"it must not be larger than {limit} bytes as JSON"));
    }

    /// <summary>
    /// What the request is known by: of the tenant, of who asks, and of the key, as at the API's door, and never the same as there. Nobody has another's.
    /// </summary>
    public RequestKey KeyOf(TenantId tenant, SubjectId caller, string key, bool isRepeat)
    {
        var id = Convert.ToHexStringLower(Hash("orleans", tenant.Value, caller.Type, caller.Id, key).AsSpan());
        return new RequestKey(tenant, id, Hash([Name, .. Parts])) { MayBeRepeat = isRepeat };
    }

    // A list of texts in JSON reads in one way only.
    private static ImmutableArray<byte> Hash(params string?[] parts) => [.. SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(parts))];
}
