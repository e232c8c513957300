using System.Text.Json;
using AuthzCluster.Actors.State;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Http.Tests.Support;
using AuthzCluster.Storage.Sqlite;

namespace AuthzCluster.Server.Tests.Chaos;

/// <summary>Follows an audit log, and holds it to be one chain.</summary>
/// <param name="about">What a record is counted under; null: it is not counted.</param>
internal sealed class AuditTail(Func<JsonElement, string?> about)
{
    private readonly Dictionary<string, int> _records = new(StringComparer.Ordinal);
    private long _sequence;
    private string _hash = new('0', 64);

    /// <summary>Counts the records of each request, but for those about who disturbs.</summary>
    public AuditTail()
        : this(record => record.GetRawText().Contains(Intruder.Prefix, StringComparison.Ordinal) ? null : record.GetProperty("request_id").GetString())
    {
    }

    /// <summary>How many records there are of each.</summary>
    public IReadOnlyDictionary<string, int> Records => _records;

    /// <summary>Reads what is new.</summary>
    public async Task ReadAsync(ApiClient api)
    {
        var fresh = new Stack<(long Sequence, string? About, string Previous, string Hash)>();
        for (string? token = null; ;)
        {
            var page = (await api.GetAsync($"/api/v1/audit?limit=1000{(token is null ? "" : $"&page_token={token}")}")).Is(200);
            foreach (var item in page.Items.TakeWhile(item => item.GetProperty("sequence").GetInt64() > _sequence))
            {
                fresh.Push((item.GetProperty("sequence").GetInt64(), about(item), item.GetProperty("previous_hash").GetString()!, item.GetProperty("hash").GetString()!));
            }
            if ((token = page.NextPage) is null || page.Items[^1].GetProperty("sequence").GetInt64() <= _sequence)
            {
                break;
            }
        }
        foreach (var record in fresh)
        {
            Assert.Equal((_sequence + 1, _hash), (record.Sequence, record.Previous));
            (_sequence, _hash) = (record.Sequence, record.Hash);
            if (record.About is { } counted)
            {
                _records[counted] = _records.GetValueOrDefault(counted) + 1;
            }
        }
    }

    /// <summary>Recomputes every hash from what is stored, of a server that is not running.</summary>
    public async Task VerifyAsync(string data)
    {
        await using var store = await SqliteStore.OpenAsync(new SqliteStoreOptions(data));
        Assert.Empty(await store.ReadOutboxAsync(TenantId.Default, 1));
        var (sequence, hash) = (0L, new byte[32]);
        while (await store.ReadFromAsync(TenantId.Default, sequence + 1, 1000) is { Count: > 0 } records)
        {
            foreach (var record in records)
            {
                Assert.Equal(++sequence, record.Sequence);
                Assert.Equal(AuditCodec.HashOf(hash, record.Payload), hash = record.Hash);
            }
        }
        Assert.Equal((_sequence, _hash), (sequence, Convert.ToHexStringLower(hash)));
    }
}
