using AuthzCluster.Hosting;
using AuthzCluster.Hosting.Metrics;
using System.Collections.Concurrent;
using AuthzCluster.Actors.Contracts;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Services;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Actors.Writers;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Keys;
using AuthzCluster.Domain.Entities;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Embedded.Activation;

/// <summary>
/// The table of activated actors. A look-up finds the one slot that is open, or puts one there; what it hands out may
/// be closed later, and then leads on to its successor.
/// </summary>
internal sealed class ActorDirectory : IActorDirectory, ITenantReplicas, IEntityReplicas, ITenantEviction
{
    private readonly ActorPorts _ports;
    private readonly ConcurrentDictionary<TenantId, TenantTable> _tables = new();
    private readonly ConcurrentDictionary<TenantId, AuditSlot> _audits = new();
    private readonly ConcurrentDictionary<ApiKeyId, ApiKeySlot> _keys = new();
    private readonly ConcurrentDictionary<ActorKey, WebhookSlot> _webhooks = new();
    private readonly Strangers _strangers;
    private volatile int _time;

    public ActorDirectory(ActorPorts ports, int mostStrangers = 100_000)
    {
        _ports = ports;
        _strangers = new Strangers(mostStrangers);
        Rights = new CallerRightsReader(this, this, ports);
    }

    /// <summary>What callers may.</summary>
    public CallerRightsReader Rights { get; }

    /// <summary>How many subjects are activated.</summary>
    public int SubjectCount => _tables.Values.Sum(table => table.Subjects.Count);

    /// <summary>How many entities are activated.</summary>
    public int EntityCount => _tables.Values.Sum(table => table.Entities.Count);

    /// <summary>How many actors are activated, by kind.</summary>
    public IEnumerable<KeyValuePair<string, int>> Counts() =>
    [
        new(ActorKinds.Tenant, _tables.Count), new(ActorKinds.Subject, SubjectCount), new(ActorKinds.Entity, EntityCount), new(ActorKinds.ApiKey, ApiKeyCount),
        new(ActorKinds.Role, _tables.Values.Sum(table => table.Roles.Count)), new(ActorKinds.RoleRequest, _tables.Values.Sum(table => table.Requests.Count)),
        new(ActorKinds.Webhook, _webhooks.Count), new(ActorKinds.AuditLog, _audits.Count),
    ];

    /// <summary>How many slots of subjects and entities are remembered as the latest.</summary>
    public int RememberedCount => _strangers.Count;

    public ITenantHierarchyActor Tenant(TenantId tenant) => TenantSlot(tenant);

    public IRoleActor Role(TenantId tenant, RoleId role) => RoleSlot(tenant, role);

    public IUserAssignmentsActor Subject(TenantId tenant, SubjectId subject) => SubjectSlot(tenant, subject);

    /// <summary>How many API keys are activated.</summary>
    public int ApiKeyCount => _keys.Count;

    public IApiKeyActor ApiKey(ApiKeyId key) => ApiKeySlot(key);

    public IWebhookActor Webhook(TenantId tenant, string webhook) => WebhookSlot(tenant, webhook);

    public IEntityActor Entity(TenantId tenant, EntityId entity) => EntitySlot(tenant, entity);

    public IRoleRequestActor RoleRequest(TenantId tenant, string request) => RoleRequestSlot(tenant, request);

    public IAuditLogActor Audit(TenantId tenant) => AuditSlot(tenant);

    public ITenantReplica Of(TenantId tenant) => TenantSlot(tenant);

    public IEntityReplica Of(TenantId tenant, EntityId entity) => EntitySlot(tenant, entity);

    public TenantSlot TenantSlot(TenantId tenant)
    {
        var slot = Table(tenant).Slot;
        slot.Touch(_time);
        return slot;
    }

    public SubjectSlot SubjectSlot(TenantId tenant, SubjectId subject)
    {
        while (true)
        {
            var table = Table(tenant);
            if (!table.Subjects.TryGetValue(subject, out var slot))
            {
                slot = NewSubjectSlot(subject, table);
                if (!table.Subjects.TryAdd(slot.Subject, slot))
                {
                    continue;
                }
                _strangers.Enter(slot);
            }
            if (IsUsable(slot, table))
            {
                return slot;
            }
            if (slot.IsClosed)
            {
                table.Subjects.TryRemove(new(subject, slot));
            }
        }
    }

    public RoleSlot RoleSlot(TenantId tenant, RoleId role)
    {
        while (true)
        {
            var table = Table(tenant);
            var slot = table.Roles.GetOrAdd(role, NewRoleSlot, table);
            if (IsUsable(slot, table))
            {
                return slot;
            }
            if (slot.IsClosed)
            {
                table.Roles.TryRemove(new(role, slot));
            }
        }
    }

    public RoleRequestSlot RoleRequestSlot(TenantId tenant, string request)
    {
        while (true)
        {
            var table = Table(tenant);
            var slot = table.Requests.GetOrAdd(request, NewRequestSlot, table);
            if (IsUsable(slot, table))
            {
                return slot;
            }
            if (slot.IsClosed)
            {
                table.Requests.TryRemove(new(request, slot));
            }
        }
    }

    public EntitySlot EntitySlot(TenantId tenant, EntityId entity)
    {
        while (true)
        {
            var table = Table(tenant);
            if (!table.Entities.TryGetValue(entity, out var slot))
            {
                slot = NewEntitySlot(entity, table);
                if (!table.Entities.TryAdd(entity, slot))
                {
                    continue;
                }
                _strangers.Enter(slot);
            }
            if (IsUsable(slot, table))
            {
                return slot;
            }
            if (slot.IsClosed)
            {
                table.Entities.TryRemove(new(entity, slot));
            }
        }
    }

    public AuditSlot AuditSlot(TenantId tenant)
    {
        while (true)
        {
            var slot = _audits.GetOrAdd(tenant, id => new AuditSlot(this, id, new AuditLogActor(id, _ports)));
            if (!slot.IsClosed)
            {
                slot.Touch(_time);
                return slot;
            }
            _audits.TryRemove(new(tenant, slot));
        }
    }

    public ApiKeySlot ApiKeySlot(ApiKeyId key)
    {
        while (true)
        {
            var slot = _keys.GetOrAdd(key, id => new ApiKeySlot(this, id, new ApiKeyActor(id, this, this, Rights, _ports)));
            if (!slot.IsClosed)
            {
                slot.Touch(_time);
                return slot;
            }
            _keys.TryRemove(new(key, slot));
        }
    }

    public WebhookSlot WebhookSlot(TenantId tenant, string webhook)
    {
        var key = ActorKey.OfWebhook(tenant, webhook);
        while (true)
        {
            var slot = _webhooks.GetOrAdd(key, _ => new WebhookSlot(this, tenant, webhook, new WebhookActor(tenant, webhook, this, Rights, _ports)));
            if (!slot.IsClosed)
            {
                slot.Touch(_time);
                return slot;
            }
            _webhooks.TryRemove(new(key, slot));
        }
    }

    // The tenant's own slot stays: what removes the tenant is a turn of it.
    public Task EvictAsync(TenantId tenant) => _tables.TryGetValue(tenant, out var table) ? table.EvictAsync() : Task.CompletedTask;

    /// <summary>Lets go of everybody, behind their current turns. Who is asked for later has to be read.</summary>
    public async Task CloseAsync()
    {
        await Task.WhenAll(_keys.Values.Select(slot => slot.CloseAsync())).ConfigureAwait(false);
        await Task.WhenAll(_webhooks.Values.Select(slot => slot.CloseAsync())).ConfigureAwait(false);
        await Task.WhenAll(_tables.Values.Select(table => table.EvictAsync())).ConfigureAwait(false);
        await Task.WhenAll(_tables.Values.Select(table => table.Slot.CloseAsync())).ConfigureAwait(false);
        await Task.WhenAll(_audits.Values.Select(slot => slot.CloseAsync())).ConfigureAwait(false);
    }

    /// <summary>
    /// One step of the sweeper's time, and away with what nobody has used for <paramref name="idleSteps"/> of them and
    /// nobody is in line for. Nobody waits for this: no lock is held.
    /// </summary>
    public void Sweep(int idleSteps)
    {
        var now = Interlocked.Increment(ref _time);
        foreach (var (tenant, table) in _tables)
        {
            Sweep<SubjectId, SubjectSlot, UserAssignmentsActor>(table.Subjects, now - idleSteps);
            Sweep<RoleId, RoleSlot, RoleActor>(table.Roles, now - idleSteps);
            Sweep<EntityId, EntitySlot, EntityActor>(table.Entities, now - idleSteps);
            Sweep<string, RoleRequestSlot, RoleRequestActor>(table.Requests, now - idleSteps);
            if (now - table.Slot.UsedAt >= idleSteps && table.TryLeave())
            {
                _tables.TryRemove(new(tenant, table));
            }
        }
        Sweep<ApiKeyId, ApiKeySlot, ApiKeyActor>(_keys, now - idleSteps);
        Sweep<ActorKey, WebhookSlot, WebhookActor>(_webhooks, now - idleSteps);
        Sweep<TenantId, AuditSlot, AuditLogActor>(_audits, now - idleSteps);
        _strangers.ForgetClosed();
    }

    private static void Sweep<TKey, TSlot, TActor>(ConcurrentDictionary<TKey, TSlot> slots, int usedUntil)
        where TKey : notnull
        where TSlot : Slot<TSlot, TActor>
    {
        foreach (var (key, slot) in slots)
        {
            if (slot.UsedAt <= usedUntil && slot.TryClose())
            {
                slots.TryRemove(new(key, slot));
            }
        }
    }

    private TenantTable Table(TenantId tenant)
    {
        while (true)
        {
            if (!_tables.TryGetValue(tenant, out var table))
            {
                table = _tables.GetOrAdd(tenant, id => new TenantTable(this, new TenantSlot(this, id, new TenantHierarchyActor(id, Rights, _ports)), id));
            }
            if (!table.Slot.IsClosed)
            {
                return table;
            }
            _tables.TryRemove(new(tenant, table));
        }
    }

    private bool IsUsable<TSelf, TActor>(Slot<TSelf, TActor> slot, TenantTable table)
        where TSelf : Slot<TSelf, TActor>
    {
        // While somebody is in line the table stays.
        if (slot.IsClosed || (table.IsLeaving && slot.TryClose()))
        {
            return false;
        }
        slot.Touch(_time);
        return true;
    }

    private SubjectSlot NewSubjectSlot(SubjectId subject, TenantTable table)
    {
        // Nearly all are users: they share the word.
        var key = subject.Type == SubjectId.UserType ? SubjectId.User(subject.Id) : subject;
        return new SubjectSlot(table, key, new UserAssignmentsActor(table.Tenant, key, table.Slot, this, Rights, _ports));
    }

    private RoleSlot NewRoleSlot(RoleId role, TenantTable table) =>
        new(table, role, new RoleActor(table.Tenant, role, this, table.Slot, _ports));

    private RoleRequestSlot NewRequestSlot(string request, TenantTable table) =>
        new(table, request, new RoleRequestActor(table.Tenant, request, this, table.Slot, Rights, _ports));

    private EntitySlot NewEntitySlot(EntityId entity, TenantTable table) =>
        new(table, entity, new EntityActor(table.Tenant, entity, this, table.Slot, Rights, _ports));
}
