using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Storage.Tests.Conformance;

/// <summary>
/// What every store does, whatever it stores in. A subclass opens an empty one for each test; the parts of this class
/// are the topics.
/// </summary>
public abstract partial class ActorStoreConformance : IAsyncLifetime
{
    protected static readonly TenantId Acme = new("acme");
    protected static readonly DateTimeOffset Noon = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);

    protected abstract IActorStore Actors { get; }

    protected abstract IAuditStore Audit { get; }

    public abstract Task InitializeAsync();

    public abstract Task DisposeAsync();

    protected static ActorKey User(string id) => ActorKey.Of(Acme, SubjectId.User(id));

    protected static IndexRow Row(string index, string key, string member, DateTimeOffset? at = null) => new(Acme, index, key, member, at);

    protected static IndexRow Holder(string role, string member, DateTimeOffset? at = null) =>
        Row(IndexNames.RoleHolders, role, member, at);

    protected static IndexRow Assignable(string role) => Row(IndexNames.AssignableRoles, role, "");

    protected async Task CommitAsync(Commit commit) => Assert.Equal(CommitOutcome.Committed, await Actors.CommitAsync(commit));

    /// <summary>Rows of others, by an actor that is there for it alone.</summary>
    protected Task AddRowsAsync(params IndexRow[] rows) => CommitAsync(new(User(Guid.NewGuid().ToString()), 0, [1]) { Adds = rows });

    protected async Task<string[]> MembersAsync(string index, string key, string? after = null, int limit = 1000) =>
        [.. (await Actors.ReadIndexAsync(Acme, index, key, after, limit)).Select(row => row.Member)];
}
