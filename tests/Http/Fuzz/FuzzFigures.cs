using System.Collections.Concurrent;
using System.Text.Json;

namespace AuthzCluster.Http.Tests.Fuzz;

/// <summary>What came of a run.</summary>
internal sealed class FuzzFigures
{
    private const int MostFaults = 20;

    private readonly ConcurrentDictionary<string, long> _classes = new(), _codes = new();
    private long _requests, _closed, _bare;

    public long Requests => Interlocked.Read(ref _requests);

    public IEnumerable<string> Codes => _codes.Keys;

    /// <summary>What should not have been: an example of each kind.</summary>
    public ConcurrentDictionary<string, string> Faults { get; } = new();

    public void Blame(string kind, string example)
    {
        if (Faults.Count < MostFaults)
        {
            Faults.TryAdd(kind, example);
        }
    }

    public void Count(IReadOnlyList<FuzzAnswer> answers)
    {
        Interlocked.Increment(ref _requests);
        if (answers.Count == 0)
        {
            Interlocked.Increment(ref _closed);
            return;
        }
        var answer = answers[0];
        // A version of HTTP that is not spoken: Kestrel's word for it, and no failure.
        Add(_classes, answer.Status == 505 ? "505" : $"{answer.Status / 100}xx");
        if (answer.Header("X-Request-Id") is null)
        {
            Interlocked.Increment(ref _bare);
        }
        else if (answer.Header("Content-Type") == "application/problem+json" && answer.Body.Length > 0)
        {
            Add(_codes, JsonDocument.Parse(answer.Body).RootElement.GetProperty("code").GetString()!);
        }
    }

    public override string ToString() => $"""
        requests {_requests}; {Text(_classes)}{(_classes.ContainsKey("5xx") ? "" : ", 5xx 0")}; closed without an answer {_closed}; refused by Kestrel {_bare}
        codes: {Text(_codes)}
        """;

    private static void Add(ConcurrentDictionary<string, long> counts, string name) => counts.AddOrUpdate(name, 1, (_, count) => count + 1);

    private static string Text(ConcurrentDictionary<string, long> counts) =>
        string.Join(", ", counts.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key} {pair.Value}"));
}
