using AuthzCluster.Actors.Storage;

namespace AuthzCluster.Finality.Tests.Simulation;

/// <summary>The one primary: states under their versions, requests that were done, and the table of leases. What is called is done at once.</summary>
internal sealed class Database
{
    private readonly Dictionary<ActorKey, StoredState> _states = [];
    private readonly Dictionary<string, RequestMark> _requests = [];
    private readonly Dictionary<ActorKey, List<int>> _history = [];

    public MemoryLeases Leases { get; } = new();

    /// <summary>Told of each commit.</summary>
    public Action<ActorKey, Grants> Committed { get; set; } = (_, _) => { };

    public StoredState? Read(ActorKey key) => _states.GetValueOrDefault(key);

    /// <summary>Which commit of a key a write was, counted from 1; 0: none.</summary>
    public int IndexOf(ActorKey key, int write) => _history.TryGetValue(key, out var writes) ? writes.LastIndexOf(write) + 1 : 0;

    public RequestMark? Request(string id) => _requests.GetValueOrDefault(id);

    public RequestMark Keep(RequestMark mark) => _requests.TryGetValue(mark.Id, out var kept) ? kept : _requests[mark.Id] = mark;

    public CommitOutcome Commit(Commit commit)
    {
        if (commit.Request is { } request && _requests.ContainsKey(request.Id))
        {
            return CommitOutcome.Repeated;
        }
        if ((Read(commit.Key)?.Version ?? 0) != commit.ExpectedVersion)
        {
            return CommitOutcome.VersionConflict;
        }
        if (commit.Request is { } mark)
        {
            _requests[mark.Id] = mark;
        }
        _states[commit.Key] = new StoredState(commit.Key, commit.ExpectedVersion + 1, commit.State!);
        var grants = Grants.Decode(commit.State);
        Committed(commit.Key, grants);
        if (!_history.TryGetValue(commit.Key, out var writes))
        {
            _history[commit.Key] = writes = [];
        }
        writes.Add(grants.Write);
        return CommitOutcome.Committed;
    }
}
