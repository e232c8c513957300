using Npgsql;
using NpgsqlTypes;

namespace AuthzCluster.Storage.Postgres.Writing;

/// <summary>Request marks of a group as the database takes them: columns.</summary>
internal sealed class MarkArrays
{
    private readonly NpgsqlParameter<int[]> _commit = new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer };
    private readonly NpgsqlParameter<string[]> _tenant = new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };
    private readonly NpgsqlParameter<string[]> _id = new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };
    private readonly NpgsqlParameter<byte[][]> _fingerprint = new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea };
    private readonly NpgsqlParameter<byte[][]> _answer = new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea };
    private readonly NpgsqlParameter<long[]> _at = new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint };

    /// <summary>Adds its parameters to a command, in the order of the function's.</summary>
    public MarkArrays(NpgsqlParameterCollection parameters) =>
        parameters.AddRange(new NpgsqlParameter[] { _commit, _tenant, _id, _fingerprint, _answer, _at });

    public void Fill()
    {
        _commit.TypedValue = [];
        _tenant.TypedValue = [];
        _id.TypedValue = [];
        _fingerprint.TypedValue = [];
        _answer.TypedValue = [];
        _at.TypedValue = [];
    }
}
