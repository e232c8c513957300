using AuthzCluster.Actors.Storage;
using Npgsql;
using NpgsqlTypes;

namespace AuthzCluster.Storage.Postgres.Writing;

/// <summary>Request marks of a group as the database takes them: columns.</summary>
internal sealed class MarkArrays
{
    private readonly List<(int Commit, RequestMark Mark)> _marks = [];
    private readonly NpgsqlParameter<int[]> _commit = new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer };
    private readonly NpgsqlParameter<string[]> _tenant = new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };
    private readonly NpgsqlParameter<string[]> _id = new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };
    private readonly NpgsqlParameter<byte[][]> _fingerprint = new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea };
    private readonly NpgsqlParameter<byte[][]> _answer = new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea };
    private readonly NpgsqlParameter<long[]> _at = new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint };

    /// <summary>Adds its parameters to a command, in the order of the function's.</summary>
    public MarkArrays(NpgsqlParameterCollection parameters) =>
        parameters.AddRange(new NpgsqlParameter[] { _commit, _tenant, _id, _fingerprint, _answer, _at });

    public void Add(int commit, RequestMark mark) => _marks.Add((commit, mark));

    /// <summary>Sets the parameters to the marks that were added, and forgets those.</summary>
    public void Fill()
    {
        _marks.Sort((one, other) => string.CompareOrdinal(one.Mark.Id, other.Mark.Id));
        _commit.TypedValue = [.. _marks.Select(row => row.Commit)];
        _tenant.TypedValue = [.. _marks.Select(row => IndexedText.Fit(row.Mark.Tenant.Value))];
        _id.TypedValue = [.. _marks.Select(row => IndexedText.Fit(row.Mark.Id))];
        _fingerprint.TypedValue = [.. _marks.Select(row => row.Mark.Fingerprint)];
        _answer.TypedValue = [.. _marks.Select(row => row.Mark.Answer)];
        _at.TypedValue = [.. _marks.Select(row => Instants.ToMicroseconds(row.Mark.Until))];
        _marks.Clear();
    }
}
