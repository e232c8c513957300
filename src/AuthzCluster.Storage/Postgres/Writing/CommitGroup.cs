using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Storage.Postgres.Writing;

/// <summary>
/// Commits that share a transaction. None has to do with another: they write no row in common, and none reads what
/// another writes. So they may be checked all at once and then written all at once, as if one after the other.
/// </summary>
internal sealed class CommitGroup(int maxCommits, int maxBytes)
{
    private readonly List<PendingCommit> _commits = [];
    private readonly HashSet<ActorKey> _actors = [];
    private readonly HashSet<(TenantId Tenant, string Id)> _requests = [];
    private readonly HashSet<IndexRow> _written = [], _required = [], _filled = [], _vacant = [];
    private long _bytes;

    public List<PendingCommit> Commits => _commits;

    public bool IsFull => _commits.Count >= maxCommits || _bytes >= maxBytes;

    /// <summary>Takes a commit in, if it has to do with none that is in.</summary>
    public bool TryAdd(PendingCommit pending)
    {
        if (_commits.Count > 0 && (_bytes + pending.Bytes > maxBytes || Concerns(pending.Commit)))
        {
            return false;
        }

        var commit = pending.Commit;
        _actors.Add(commit.Key);
        if (commit.Request is { } request)
        {
            _requests.Add((request.Tenant, request.Id));
        }

        Note(commit.Adds, Row, _written);
        Note(commit.Removes, Row, _written);
        Note(commit.Requires, Row, _required);
        Note(commit.Adds, Key, _filled);
        Note(commit.Vacant, Key, _vacant);
        _commits.Add(pending);
        _bytes += pending.Bytes;
        return true;
    }

    public void Clear()
    {
        _commits.Clear();
        _actors.Clear();
        _requests.Clear();
        _written.Clear();
        _required.Clear();
        _filled.Clear();
        _vacant.Clear();
        _bytes = 0;
    }

    // A row that is removed makes a key no less vacant for others: they are judged by what was there before the group,
    // and who came before the removal was refused then, too.
    private bool Concerns(Commit commit) =>
        _actors.Contains(commit.Key)
        || (commit.Request is { } request && _requests.Contains((request.Tenant, request.Id)))
        || HasAny(commit.Adds, Row, _written) || HasAny(commit.Removes, Row, _written) || HasAny(commit.Requires, Row, _written)
        || HasAny(commit.Adds, Row, _required) || HasAny(commit.Removes, Row, _required)
        || HasAny(commit.Vacant, Key, _filled) || HasAny(commit.Adds, Key, _vacant);

    private static IndexRow Row(IndexRow row) => row with { At = null };

    private static IndexRow Key(IndexRow row) => row with { At = null, Member = "" };

    private static bool HasAny(IReadOnlyList<IndexRow> rows, Func<IndexRow, IndexRow> part, HashSet<IndexRow> set)
    {
        if (set.Count > 0)
        {
            for (var i = 0; i < rows.Count; i++)
            {
                if (set.Contains(part(rows[i])))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static void Note(IReadOnlyList<IndexRow> rows, Func<IndexRow, IndexRow> part, HashSet<IndexRow> set)
    {
        for (var i = 0; i < rows.Count; i++)
        {
            set.Add(part(rows[i]));
        }
    }
}
