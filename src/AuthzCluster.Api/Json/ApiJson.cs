using System.Text.Json;
using System.Text.Json.Serialization;
using AuthzCluster.Api.Bodies;
using AuthzCluster.Api.Replies;
using AuthzCluster.Api.Transfer;

namespace AuthzCluster.Api.Json;

/// <summary>The generated readers and writers of bodies and replies. Strict: a typo must not be silently dropped.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    MaxDepth = StrictJson.MaxDepth,
    Converters = [typeof(TimeConverter)])]
[JsonSerializable(typeof(RoleBody))]
[JsonSerializable(typeof(ParentBody))]
[JsonSerializable(typeof(PolicyBody))]
[JsonSerializable(typeof(ConstraintBody))]
[JsonSerializable(typeof(AssignBody))]
[JsonSerializable(typeof(AssignmentPatchBody))]
[JsonSerializable(typeof(PermissionBody))]
[JsonSerializable(typeof(RegisterPermissionBody))]
[JsonSerializable(typeof(TenantBody))]
[JsonSerializable(typeof(ApiKeyBody))]
[JsonSerializable(typeof(RotateBody))]
[JsonSerializable(typeof(EntityBody))]
[JsonSerializable(typeof(WebhookBody))]
[JsonSerializable(typeof(WebhookReply))]
[JsonSerializable(typeof(PageReply<WebhookReply>), TypeInfoPropertyName = "WebhookPage")]
[JsonSerializable(typeof(PageReply<DeadLetterReply>), TypeInfoPropertyName = "DeadLetterPage")]
[JsonSerializable(typeof(NoBody))]
[JsonSerializable(typeof(RoleRequestBody))]
[JsonSerializable(typeof(RequestDecisionBody))]
[JsonSerializable(typeof(RoleRequestReply))]
[JsonSerializable(typeof(RoleReply))]
[JsonSerializable(typeof(PolicyReply))]
[JsonSerializable(typeof(ConstraintReply))]
[JsonSerializable(typeof(AssignmentReply))]
[JsonSerializable(typeof(TenantReply))]
[JsonSerializable(typeof(ApiKeyReply))]
[JsonSerializable(typeof(EntityReply))]
[JsonSerializable(typeof(RolePermissionsReply))]
[JsonSerializable(typeof(CoverReply))]
[JsonSerializable(typeof(EffectiveReply))]
[JsonSerializable(typeof(AccessReply))]
[JsonSerializable(typeof(HierarchyReply))]
[JsonSerializable(typeof(ImportReply))]
[JsonSerializable(typeof(RowsReply))]
[JsonSerializable(typeof(HealthReply))]
[JsonSerializable(typeof(RegisteredPermissionReply))]
[JsonSerializable(typeof(AuditReply))]
[JsonSerializable(typeof(VerificationReply))]
[JsonSerializable(typeof(CheckpointReply))]
[JsonSerializable(typeof(KeySetReply))]
[JsonSerializable(typeof(ExportedPermission))]
[JsonSerializable(typeof(ExportedRole))]
[JsonSerializable(typeof(ExportedPolicy))]
[JsonSerializable(typeof(ExportedConstraint))]
[JsonSerializable(typeof(ExportedTeamAssignment))]
[JsonSerializable(typeof(PageReply<RoleReply>), TypeInfoPropertyName = "RolePage")]
[JsonSerializable(typeof(PageReply<PolicyReply>), TypeInfoPropertyName = "PolicyPage")]
[JsonSerializable(typeof(PageReply<ConstraintReply>), TypeInfoPropertyName = "ConstraintPage")]
[JsonSerializable(typeof(PageReply<RegisteredPermissionReply>), TypeInfoPropertyName = "PermissionPage")]
[JsonSerializable(typeof(PageReply<AssignmentReply>), TypeInfoPropertyName = "AssignmentPage")]
[JsonSerializable(typeof(PageReply<RoleRequestReply>), TypeInfoPropertyName = "RoleRequestPage")]
[JsonSerializable(typeof(PageReply<TenantReply>), TypeInfoPropertyName = "TenantPage")]
[JsonSerializable(typeof(PageReply<ApiKeyReply>), TypeInfoPropertyName = "ApiKeyPage")]
[JsonSerializable(typeof(PageReply<EntityReply>), TypeInfoPropertyName = "EntityPage")]
[JsonSerializable(typeof(PageReply<AuditReply>), TypeInfoPropertyName = "AuditPage")]
[JsonSerializable(typeof(PageReply<PrincipalBody>), TypeInfoPropertyName = "PrincipalPage")]
[JsonSerializable(typeof(PageReply<AccessReply>), TypeInfoPropertyName = "AccessPage")]
[JsonSerializable(typeof(PageReply<string>), TypeInfoPropertyName = "NamePage")]
internal sealed partial class ApiJson : JsonSerializerContext;
