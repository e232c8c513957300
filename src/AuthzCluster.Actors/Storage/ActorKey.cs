using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Keys;
using AuthzCluster.Domain.Entities;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Storage;

/// <summary>
/// Names an actor in storage and on the wire: a prefix for its kind and percent-encoded parts, such as
/// <c>ua:acme/user/alice</c>. Built here and nowhere else; injective; never all hex or digits.
/// </summary>
/// <param name="Value">The text.</param>
public readonly record struct ActorKey(string Value)
{
    private const string SubjectKind = "ua", TenantKind = "th", RoleKind = "ro", AuditKind = "al", ApiKeyKind = "ak", EntityKind = "en", VaultKind = "va", SigningKind = "sk",
        RequestKind = "rq", WebhookKind = "wh";

    /// <summary>The kind's prefix: <c>ua</c>, <c>th</c>, <c>ro</c>, <c>al</c>, <c>ak</c>, <c>en</c>, <c>rq</c> or <c>wh</c>.</summary>
    public ReadOnlySpan<char> Kind => Value.AsSpan(0, 2);

    /// <summary>Every kind's prefix, for what goes through all keys of a tenant.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [SubjectKind, TenantKind, RoleKind, AuditKind, ApiKeyKind, EntityKind, RequestKind, WebhookKind];

    /// <summary>Whether this is a subject's.</summary>
    public bool IsSubject => Kind is SubjectKind;

    /// <summary>Whether this is a tenant's own.</summary>
    public bool IsTenant => Kind is TenantKind;

    /// <summary>Whether this is an entity's.</summary>
    public bool IsEntity => Kind is EntityKind;

    /// <summary>Whether this is a role's.</summary>
    public bool IsRole => Kind is RoleKind;

    /// <summary>Whether this is an API key's.</summary>
    public bool IsApiKey => Kind is ApiKeyKind;

    /// <summary>Whether this is that of a request for a role.</summary>
    public bool IsRequest => Kind is RequestKind;

    /// <summary>Whether this is a webhook's.</summary>
    public bool IsWebhook => Kind is WebhookKind;

    /// <summary>The single writer of a subject's grants.</summary>
    public static ActorKey Of(TenantId tenant, SubjectId subject) => new($"{SubjectKind}:{Part(tenant.Value)}/{Part(subject.Type)}/{Part(subject.Id)}");

    /// <summary>What the keys of all subjects of a type start with, and no other.</summary>
    public static string PrefixOf(TenantId tenant, string subjectType) => $"{SubjectKind}:{Part(tenant.Value)}/{Part(subjectType)}/";

    /// <summary>The single writer of a tenant's model.</summary>
    public static ActorKey Of(TenantId tenant) => new($"{TenantKind}:{Part(tenant.Value)}");

    /// <summary>The single writer of a role's life.</summary>
    public static ActorKey Of(TenantId tenant, RoleId role) => new($"{RoleKind}:{Part(tenant.Value)}/{Part(role.Value)}");

    /// <summary>The single writer of a stored entity.</summary>
    public static ActorKey Of(TenantId tenant, EntityId entity) => new($"{EntityKind}:{Part(tenant.Value)}/{Part(entity.Type)}/{Part(entity.Id)}");

    /// <summary>The single writer of a tenant's audit log.</summary>
    public static ActorKey OfAudit(TenantId tenant) => new($"{AuditKind}:{Part(tenant.Value)}");

    /// <summary>The single writer of an API key. It belongs to no tenant's part of storage: the door knows its id only.</summary>
    public static ActorKey Of(ApiKeyId key) => new($"{ApiKeyKind}:{Part(IndexNames.Everywhere.Value)}/{Part(key.Value)}");

    /// <summary>The single writer of a request for a role.</summary>
    public static ActorKey OfRequest(TenantId tenant, string request) => new($"{RequestKind}:{Part(tenant.Value)}/{Part(request)}");

    /// <summary>The single writer of a webhook.</summary>
    public static ActorKey OfWebhook(TenantId tenant, string webhook) => new($"{WebhookKind}:{Part(tenant.Value)}/{Part(webhook)}");

    /// <summary>Which keys of the vault were ever used. It belongs to no tenant and to no actor.</summary>
    public static ActorKey OfVault { get; } = new($"{VaultKind}:{Part(IndexNames.Everywhere.Value)}/keys");

    /// <summary>The keys that checkpoints are signed with. It belongs to no tenant and to no actor.</summary>
    public static ActorKey OfSigning { get; } = new($"{SigningKind}:{Part(IndexNames.Everywhere.Value)}/keys");

    /// <summary>The tenant that a key belongs to.</summary>
    public TenantId Tenant => new(Uri.UnescapeDataString(Parts()[0]));

    /// <summary>The subject that a subject's key names.</summary>
    public SubjectId Subject
    {
        get
        {
            var parts = Parts();
            return new SubjectId(Uri.UnescapeDataString(parts[1]), Uri.UnescapeDataString(parts[2]));
        }
    }

    /// <summary>The role that a role's key names.</summary>
    public RoleId Role => new(Uri.UnescapeDataString(Parts()[1]));

    /// <summary>The API key that an API key's key names.</summary>
    public ApiKeyId ApiKey => new(Uri.UnescapeDataString(Parts()[1]));

    /// <summary>The id of the request that a request's key names.</summary>
    public string Request => Uri.UnescapeDataString(Parts()[1]);

    /// <summary>The webhook that a webhook's key names.</summary>
    public string Webhook => Uri.UnescapeDataString(Parts()[1]);

    /// <summary>The entity that an entity's key names.</summary>
    public EntityId Entity
    {
        get
        {
            var parts = Parts();
            return new EntityId(Uri.UnescapeDataString(parts[1]), Uri.UnescapeDataString(parts[2]));
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Value;

    private string[] Parts() => Value[3..].Split('/');

    // EscapeDataString leaves lone surrogates undefined: ids are refused at the edge where they are no valid UTF-16.
    private static string Part(string part) => Uri.EscapeDataString(part);
}
