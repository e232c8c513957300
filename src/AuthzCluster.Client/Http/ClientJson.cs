using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace AuthzCluster.Client.Http;

/// <summary>The generated readers and writers. Members that are not known are passed over: servers may be newer.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(QuestionWire))]
[JsonSerializable(typeof(BatchWire))]
[JsonSerializable(typeof(DecisionWire))]
[JsonSerializable(typeof(BatchReplyWire))]
[JsonSerializable(typeof(RoleBodyWire))]
[JsonSerializable(typeof(RoleWire))]
[JsonSerializable(typeof(PolicyWire))]
[JsonSerializable(typeof(GrantWire))]
[JsonSerializable(typeof(AssignmentWire))]
[JsonSerializable(typeof(ProblemWire))]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(PageWire<RoleWire>), TypeInfoPropertyName = "RolePage")]
[JsonSerializable(typeof(PageWire<AssignmentWire>), TypeInfoPropertyName = "AssignmentPage")]
internal sealed partial class ClientJson : JsonSerializerContext;
