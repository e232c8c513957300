using System.Text.Json;
using System.Text.Json.Serialization;
using AuthzCluster.Api.Json;

namespace AuthzCluster.Api.Transfer;

/// <summary>The generated reader of a foreign format: its names, and members that we do not know.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
    AllowDuplicateProperties = false,
    MaxDepth = StrictJson.MaxDepth)]
[JsonSerializable(typeof(GcloudRoleBody))]
internal sealed partial class GcloudJson : JsonSerializerContext;
