using AuthzCluster.Actors.Storage;

namespace AuthzCluster.Hosting.Metrics;

/// <summary>What the kinds of actors are called in figures, whatever hosts them.</summary>
public static class ActorKinds
{
    /// <summary>The writers of what subjects hold.</summary>
    public const string Subject = "subject";

    /// <summary>The writers of tenants' models.</summary>
    public const string Tenant = "tenant";

    /// <summary>The writers of roles' lives.</summary>
    public const string Role = "role";

    /// <summary>The writers of stored entities.</summary>
    public const string Entity = "entity";

    /// <summary>The writers of requests for roles.</summary>
    public const string RoleRequest = "role_request";

    /// <summary>The writers of API keys.</summary>
    public const string ApiKey = "api_key";

    /// <summary>The writers of webhooks.</summary>
    public const string Webhook = "webhook";

    /// <summary>The writers of audit logs.</summary>
    public const string AuditLog = "audit_log";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Subject, Tenant, Role, Entity, RoleRequest, ApiKey, Webhook, AuditLog];

    /// <summary>The kind of an actor.</summary>
    public static string Of(ActorKey key) =>
        key.IsSubject ? Subject : key.IsTenant ? Tenant : key.IsRole ? Role : key.IsEntity ? Entity : key.IsRequest ? RoleRequest : key.IsApiKey ? ApiKey : key.IsWebhook ? Webhook : AuditLog;
}
