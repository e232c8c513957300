using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using AuthzCluster.Actors.Contracts.Json;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Keys;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Contracts;

/// <summary>
/// What the actors' and the ports' interfaces take and answer, as JSON: kept answers, and messages of which few are sent.
/// Names are stable and held by a test; members that are not known are passed over, and one that is missing takes its default.
/// So what is added later is a property with a default, never a parameter of a constructor, and nothing is renamed.
/// </summary>
public static class ContractJson
{
    // Free data nests 32 deep, conditions lie a few levels below a message.
    private const int Deepest = 128;

    /// <summary>The rules, for who serializes by itself.</summary>
    public static readonly JsonSerializerOptions Options = MakeOptions();

    /// <summary>Writes a value as what it is declared to be.</summary>
    public static byte[] Write<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Options);

    /// <summary>Reads a value; throws <see cref="JsonException"/> where it cannot.</summary>
    public static T Read<T>(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize<T>(json, Options)!;

    private static JsonSerializerOptions MakeOptions()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            // What is computed is computed again.
            IgnoreReadOnlyProperties = true,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            AllowOutOfOrderMetadataProperties = true,
            RespectNullableAnnotations = false,
            MaxDepth = Deepest,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { RoleEditKinds.Add, Leniency.Add } },
            Converters =
            {
                new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false),
                new ResultConverters(),
                new ImmutableArrayConverters(),
                new AttributeBagJson(),
                new AttributeValueJson(),
                new PermissionJson(),
                new TenantModelJson(),
                new TextIdJson<TenantId>(id => id.Value, text => new TenantId(text)),
                new TextIdJson<RoleId>(id => id.Value, text => new RoleId(text)),
                new TextIdJson<ApiKeyId>(id => id.Value, text => new ApiKeyId(text)),
                new TextIdJson<ActorKey>(key => key.Value, text => new ActorKey(text)),
            },
        };
        options.MakeReadOnly();
        return options;
    }
}
