using System.Globalization;
using AuthzCluster.Actors.Doors;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Views;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Tests.Services;

/// <summary>How a search puts pages together: whatever the limit, the same list, without a look into all lists for each candidate.</summary>
public sealed class AccessSearchTests
{
    private static readonly TenantId Tenant = new("acme");
    private static readonly AccessQuery Who = new(AccessQueryKind.Subjects, SubjectId.UserType, new AccessRequest { Subject = SubjectId.User("x"), Permission = Permission.Parse("a:b") });

    [Theory]
    [InlineData(3000, 1000, 0)]
    [InlineData(250, 3, 0)]
    [InlineData(250, 1, 0)]
    [InlineData(250, 3, 5)]
    public async Task Find_WhateverTheLimit_ListsTheSame(int candidates, int every, int hidden)
    {
        var world = new World(candidates, every, hidden);
        foreach (var limit in new[] { 1, 7, 100, 1000 })
        {
            var (found, after) = (new List<string>(), (string?)null);
            do
            {
                var page = await new AccessSearch(world, world).FindAsync(Tenant, Who, after, limit, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch);
                Assert.InRange(page.Value!.Items.Count, 0, limit);
                found.AddRange(page.Value.Items);
                after = page.Value.Next;
            }
            while (after is not null);
            Assert.Equal(world.Allowed, found);
        }
    }

    [Fact]
    public async Task Find_OfOne_LooksIntoTheListsNoOftenerThanForAHundred()
    {
        var world = new World(3000, 1000, 0);

        var page = await new AccessSearch(world, world).FindAsync(Tenant, Who, null, 1, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch);

        Assert.Equal("0999", Assert.Single(page.Value!.Items));
        Assert.InRange(world.Fetches, 1, 25);
    }

    // Every so manieth may; and every so manieth candidate is not listed, though it was counted when the page was read.
    private sealed class World(int count, int every, int hidden) : ICandidates, IDecisions
    {
        public int Fetches { get; private set; }

        public IEnumerable<string> Allowed => Listed(0, count).Where(May);

        public Task<Result<Page<string>>> ListSubjectsAsync(TenantId tenant, string type, Permission permission, bool includeEnded, string? after, int limit)
        {
            Fetches++;
            var from = after is null ? 0 : int.Parse(after, CultureInfo.InvariantCulture);
            var to = Math.Min(count, from + limit);
            return Task.FromResult<Result<Page<string>>>(new Page<string>([.. Listed(from, to)], to < count ? $"{to}" : null));
        }

        public ValueTask<IReadOnlyList<Result<Decision>>> EvaluateManyAsync(TenantId tenant, IReadOnlyList<TimedRequest> requests) =>
            new([.. requests.Select(asked => (Result<Decision>)Decide(asked.Request.Subject.Id))]);

        public Task<Result<Page<string>>> ListResourcesAsync(TenantId tenant, string type, string? after, int limit) => throw new NotSupportedException();

        public Task<Result<Page<string>>> ListActionsAsync(TenantId tenant, string resourceType, string? after, int limit) => throw new NotSupportedException();

        public ValueTask<Result<Decision>> EvaluateAsync(TenantId tenant, AccessRequest request, DateTimeOffset now) => throw new NotSupportedException();

        public ValueTask<Result<Explanation>> ExplainAsync(TenantId tenant, AccessRequest request, DateTimeOffset now) => throw new NotSupportedException();

        public ValueTask<Result<IReadOnlyList<EffectivePermission>>> ListPermissionsAsync(TenantId tenant, SubjectId subject, DateTimeOffset now) => throw new NotSupportedException();

        private IEnumerable<string> Listed(int from, int to) =>
            Enumerable.Range(from, to - from).Where(i => hidden == 0 || i % hidden != 0).Select(i => i.ToString("d4", CultureInfo.InvariantCulture));

        private bool May(string id) => (int.Parse(id, CultureInfo.InvariantCulture) + 1) % every == 0;

        private Decision Decide(string id) => new() { Reason = May(id) ? DecisionReason.Granted : DecisionReason.NoAssignment };
    }
}
