using AuthzCluster.Actors.Storage;
using Npgsql;
using NpgsqlTypes;

namespace AuthzCluster.Storage.Postgres.Writing;

/// <summary>The one statement that a group of commits is, prepared on a connection of its own.</summary>
internal sealed class GroupCommand : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlCommand _command;
    private readonly NpgsqlParameter<int> _states = new();
    private readonly NpgsqlParameter<int[]> _stripe = Array<int[]>(NpgsqlDbType.Integer);
    private readonly NpgsqlParameter<bool[]> _isVacant = Array<bool[]>(NpgsqlDbType.Boolean);
    private readonly NpgsqlParameter<string[]> _key = Array<string[]>(NpgsqlDbType.Text);
    private readonly NpgsqlParameter<string?[]> _fullKey = Array<string?[]>(NpgsqlDbType.Text);
    private readonly NpgsqlParameter<long[]> _version = Array<long[]>(NpgsqlDbType.Bigint);
    private readonly NpgsqlParameter<byte[]?[]> _state = Array<byte[]?[]>(NpgsqlDbType.Bytea);
    private readonly MarkArrays _marks;
    private readonly RowArrays _requires, _vacant, _removes, _adds;
    private readonly NpgsqlParameter<int[]> _outboxCommit = Array<int[]>(NpgsqlDbType.Integer);
    private readonly NpgsqlParameter<string[]> _outboxTenant = Array<string[]>(NpgsqlDbType.Text);
    private readonly NpgsqlParameter<byte[][]> _payload = Array<byte[][]>(NpgsqlDbType.Bytea);

    public GroupCommand(NpgsqlConnection connection, int shard)
    {
        _connection = connection;
        _command = new NpgsqlCommand { Connection = connection };
        var all = _command.Parameters;
        all.Add(new NpgsqlParameter<short> { TypedValue = (short)shard });
        all.Add(new NpgsqlParameter<short[]> { TypedValue = Tallies.Indexes, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Smallint });
        all.AddRange(new NpgsqlParameter[] { _states, _stripe, _isVacant, _key, _fullKey, _version, _state });
        _marks = new(all);
        _requires = new(all, hasMember: true, hasRest: false, hasInstant: false);
        _vacant = new(all, hasMember: false, hasRest: false, hasInstant: true);
        _removes = new(all, hasMember: true, hasRest: false, hasInstant: false);
        _adds = new(all, hasMember: true, hasRest: true, hasInstant: true);
        all.AddRange(new NpgsqlParameter[] { _outboxCommit, _outboxTenant, _payload });
        _command.CommandText = $"SELECT authz.commit_group({string.Join(", ", Enumerable.Range(1, all.Count).Select(i => $"${i}"))})";
    }

    /// <summary>Whether the connection is there; after a while without work it is asked.</summary>
    public async ValueTask<bool> IsAliveAsync()
    {
        try
        {
            using var nothing = new NpgsqlCommand("", _connection);
            await nothing.ExecuteNonQueryAsync().ConfigureAwait(false);
            return true;
        }
        catch (Exception failure) when (failure is NpgsqlException or InvalidOperationException or IOException)
        {
            return false;
        }
    }

    /// <summary>Commits them; the outcomes in the order of the commits, which this sorts by key.</summary>
    public async Task<short[]> RunAsync(List<PendingCommit> commits)
    {
        commits.Sort((one, other) => string.CompareOrdinal(one.Commit.Key.Value, other.Commit.Key.Value));
        Fill(commits);
        if (!_command.IsPrepared)
        {
            await _command.PrepareAsync().ConfigureAwait(false);
        }

        // To the end: only then is it committed.
        return (short[])(await _command.ExecuteScalarAsync().ConfigureAwait(false))!;
    }

    public async ValueTask DisposeAsync()
    {
        await _command.DisposeAsync().ConfigureAwait(false);
        await _connection.DisposeAsync().ConfigureAwait(false);
    }

    private static NpgsqlParameter<T> Array<T>(NpgsqlDbType of) => new() { NpgsqlDbType = NpgsqlDbType.Array | of };

    private void Fill(List<PendingCommit> commits)
    {
        var keys = commits.ConvertAll(pending => pending.Commit.Key.Value);
        _key.TypedValue = [.. keys.Select(key => IndexedText.Fit(key, IndexedText.KeyBytes))];
        _fullKey.TypedValue = [.. keys.Select((key, i) => key == _key.TypedValue[i] ? null : key)];
        _version.TypedValue = [.. commits.Select(pending => pending.Commit.ExpectedVersion)];
        _state.TypedValue = [.. commits.Select(pending => pending.Commit.State)];
        _states.TypedValue = commits.Count(pending => pending.Commit.State is not null);
        var stripes = Stripes.Of(commits);
        _stripe.TypedValue = [.. stripes.Select(stripe => stripe.Number)];
        _isVacant.TypedValue = [.. stripes.Select(stripe => stripe.IsVacant)];
        var outbox = new List<(int Commit, OutboxRow Row)>();
        for (var i = 0; i < commits.Count; i++)
        {
            var (number, commit) = (i + 1, commits[i].Commit);
            FillRows(number, commit);
            foreach (var row in commit.Outbox)
            {
                outbox.Add((number, row));
            }
        }

        _marks.Fill();
        _requires.Fill();
        _vacant.Fill();
        _removes.Fill();
        _adds.Fill();
        _outboxCommit.TypedValue = [.. outbox.Select(row => row.Commit)];
        _outboxTenant.TypedValue = [.. outbox.Select(row => row.Row.Tenant.Value)];
        _payload.TypedValue = [.. outbox.Select(row => row.Row.Payload)];
    }

    // A row is written once: what is said of it last counts, and adding comes after removing.
    private void FillRows(int number, Commit commit)
    {
        if (commit.Request is { } request)
        {
            _marks.Add(number, request);
        }

        foreach (var row in commit.Requires)
        {
            _requires.Add(number, row);
        }

        foreach (var row in commit.Vacant)
        {
            _vacant.Add(number, row);
        }

        if (commit.Adds.Count + commit.Removes.Count == 0)
        {
            return;
        }

        var rows = new Dictionary<IndexRow, (bool IsAdded, IndexRow Row)>(commit.Adds.Count + commit.Removes.Count);
        foreach (var row in commit.Removes)
        {
            rows[row with { At = null }] = (false, row);
        }

        foreach (var row in commit.Adds)
        {
            rows[row with { At = null }] = (true, row);
        }

        foreach (var (isAdded, row) in rows.Values)
        {
            (isAdded ? _adds : _removes).Add(number, row);
        }
    }
}
