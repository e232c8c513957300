using AuthzCluster.Domain.Assignments;

namespace AuthzCluster.Api.Http;

/// <summary>How many event streams are open: of all callers together, and of each.</summary>
internal sealed class EventStreams
{
    private const int Most = 400, MostOfOne = 100;

    private readonly Dictionary<SubjectId, int> _open = [];
    private int _count;

    /// <summary>Opens one, if there is room.</summary>
    public bool TryOpen(SubjectId caller)
    {
        lock (_open)
        {
            var own = _open.GetValueOrDefault(caller);
            if (_count >= Most || own >= MostOfOne)
            {
                return false;
            }
            _open[caller] = own + 1;
            _count++;
            return true;
        }
    }

    /// <summary>Closes one.</summary>
    public void Close(SubjectId caller)
    {
        lock (_open)
        {
            _count--;
            if (--_open[caller] == 0)
            {
                _open.Remove(caller);
            }
        }
    }
}
