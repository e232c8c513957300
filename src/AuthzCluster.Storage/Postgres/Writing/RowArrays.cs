using AuthzCluster.Actors.Storage;
using Npgsql;
using NpgsqlTypes;

namespace AuthzCluster.Storage.Postgres.Writing;

/// <summary>Index rows of a group as the database takes them: columns, ordered by row so that locks are taken in one order.</summary>
internal sealed class RowArrays
{
    private static readonly Comparison<(int Commit, IndexRow Row)> ByRow = (one, other) => Compare(one.Row, other.Row);

    private readonly List<(int Commit, IndexRow Row)> _rows = [];
    private readonly NpgsqlParameter<int[]> _commit = new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer };
    private readonly NpgsqlParameter<short[]> _index = new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Smallint };
    private readonly NpgsqlParameter<string[]> _tenant = Texts(), _key = Texts();
    private readonly NpgsqlParameter<string[]>? _member;
    private readonly NpgsqlParameter<byte[][]>? _tail;
    private readonly NpgsqlParameter<string?[]>? _rest;
    private readonly NpgsqlParameter<long?[]>? _at;

    /// <summary>Adds its parameters to a command, in the order of the function's.</summary>
    public RowArrays(NpgsqlParameterCollection parameters, bool hasMember, bool hasRest, bool hasInstant)
    {
        _member = hasMember ? Texts() : null;
        _tail = hasMember ? new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea } : null;
        _rest = hasRest ? new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text } : null;
        _at = hasInstant ? new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint } : null;
        foreach (var parameter in new NpgsqlParameter?[] { _commit, _tenant, _index, _key, _member, _tail, _rest, _at })
        {
            if (parameter is not null)
            {
                parameters.Add(parameter);
            }
        }
    }

    public void Add(int commit, in IndexRow row) => _rows.Add((commit, row));

    /// <summary>Sets the parameters to the rows that were added, and forgets those.</summary>
    public void Fill()
    {
        _rows.Sort(ByRow);
        var count = _rows.Count;
        _commit.TypedValue = new int[count];
        _index.TypedValue = new short[count];
        _tenant.TypedValue = new string[count];
        _key.TypedValue = new string[count];
        _member?.TypedValue = new string[count];
        _tail?.TypedValue = new byte[count][];
        _rest?.TypedValue = new string?[count];
        _at?.TypedValue = new long?[count];
        for (var i = 0; i < count; i++)
        {
            Set(i, _rows[i].Commit, _rows[i].Row);
        }

        _rows.Clear();
    }

    private static NpgsqlParameter<string[]> Texts() => new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };

    private static int Compare(in IndexRow one, in IndexRow other) =>
        string.CompareOrdinal(one.Tenant.Value, other.Tenant.Value) is not 0 and var byTenant ? byTenant
        : IndexCodes.Of(one.Index).CompareTo(IndexCodes.Of(other.Index)) is not 0 and var byIndex ? byIndex
        : string.CompareOrdinal(one.Key, other.Key) is not 0 and var byKey ? byKey
        : string.CompareOrdinal(one.Member, other.Member);

    private void Set(int i, int commit, in IndexRow row)
    {
        _commit.TypedValue![i] = commit;
        _index.TypedValue![i] = (short)IndexCodes.Of(row.Index);
        _tenant.TypedValue![i] = IndexedText.Fit(row.Tenant.Value);
        _key.TypedValue![i] = IndexedText.Fit(row.Key);
        if (_member is not null)
        {
            var (start, rest, tail) = IndexedText.Split(row.Member);
            _member.TypedValue![i] = start;
            _tail!.TypedValue![i] = tail;
            _rest?.TypedValue![i] = rest;
        }

        _at?.TypedValue![i] = row.At is { } at ? Instants.ToMicroseconds(at) : null;
    }
}
