using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Views;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Doors;

/// <summary>
/// Who may, on what, and what: candidates, each decided as a check decides it, so that a list never disagrees with one. A page costs what its candidates cost, and those of a hundred where fewer are wanted; what it has
/// looked at without finding enough is a page too, with fewer items and a place to go on from.
/// </summary>
/// <param name="candidates">Who and what to look at.</param>
/// <param name="decisions">Decides each.</param>
public sealed class AccessSearch(ICandidates candidates, IDecisions decisions)
{
    // Of one page: what is decided, and how often candidates are fetched. However few are wanted, not a few at a time: each fetch looks into every list.
    private const int MostDecided = 5000, MostRounds = 100, Least = 100;

    /// <summary>One page of ids or names, in the order of the candidates. Errors as those of the ports.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="query">What is looked for.</param>
    /// <param name="after">Where the last page ended; null: from the first.</param>
    /// <param name="limit">1 to 1000.</param>
    /// <param name="at">The instant that is asked about.</param>
    /// <param name="now">Now: what is asked about earlier may have been given by what has ended.</param>
    public async Task<Result<Page<string>>> FindAsync(TenantId tenant, AccessQuery query, string? after, int limit, DateTimeOffset at, DateTimeOffset now)
    {
        var (found, decided, least) = (new List<string>(), 0, Least);
        string? full = null;
        for (var round = 1; ; round++)
        {
            var missing = limit - found.Count;
            var page = await ListAsync(tenant, query, after, missing == 0 ? Least : Math.Max(missing, least), at < now);
            if (!page.IsOk)
            {
                return page.Error;
            }
            var allowed = await AllowedAsync(tenant, query, page.Value.Items, at);
            if (!allowed.IsOk)
            {
                return allowed.Error;
            }
            if (full is not null && allowed.Value.Count > 0)
            {
                return new Page<string>(found, full);
            }
            if (allowed.Value.Count > missing)
            {
                // The page ends among these: where, the candidates up to there tell.
                var last = Enumerable.Range(0, page.Value.Items.Count).First(i => page.Value.Items[i] == allowed.Value[missing - 1]);
                var until = await ListAsync(tenant, query, after, last + 1, at < now);
                if (!until.IsOk)
                {
                    return until.Error;
                }
                if (until.Value is { Next: { } end, Items: [.., var item] } && item == page.Value.Items[last])
                {
                    return new Page<string>([.. found, .. allowed.Value.Take(missing)], end);
                }
                // Others have come or gone meanwhile, or are left out of lists: then no more than what is missing, which all fits.
                least = 0;
                continue;
            }
            decided += page.Value.Items.Count;
            found.AddRange(allowed.Value);
            after = page.Value.Next;
            // What comes behind a full page is looked at, so that the last page says that it is the last.
            full ??= found.Count == limit ? after : null;
            if (after is null || decided >= MostDecided || round == MostRounds)
            {
                return new Page<string>(found, after is null ? null : full ?? after);
            }
        }
    }

    private Task<Result<Page<string>>> ListAsync(TenantId tenant, AccessQuery query, string? after, int limit, bool includeEnded) => query.Kind switch
    {
        AccessQueryKind.Subjects => candidates.ListSubjectsAsync(tenant, query.Type, query.Template.Permission, includeEnded, after, limit),
        AccessQueryKind.Resources => candidates.ListResourcesAsync(tenant, query.Type, after, limit),
        _ => candidates.ListActionsAsync(tenant, query.Type, after, limit),
    };

    private async Task<Result<IReadOnlyList<string>>> AllowedAsync(TenantId tenant, AccessQuery query, IReadOnlyList<string> ids, DateTimeOffset at)
    {
        var allowed = new List<string>(ids.Count);
        var answers = ids.Count == 0 ? [] : await decisions.EvaluateManyAsync(tenant, [.. ids.Select(id => new TimedRequest(query.Ask(id), at))]);
        for (var i = 0; i < answers.Count; i++)
        {
            if (!answers[i].IsOk)
            {
                return answers[i].Error!;
            }
            if (answers[i].Value.IsAllowed)
            {
                allowed.Add(ids[i]);
            }
        }
        return allowed;
    }
}
