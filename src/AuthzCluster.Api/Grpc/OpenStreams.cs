using AuthzCluster.Domain.Assignments;

namespace AuthzCluster.Api.Grpc;

/// <summary>The streams that are open, and whose: an idle one takes no place among the requests, but memory, so there is a bound of all and of each caller's.</summary>
/// <param name="most">How many are open at once.</param>
/// <param name="mostOfOne">How many of those one caller's.</param>
internal sealed class OpenStreams(int most, int mostOfOne)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<SubjectId, int> _open = [];
    private int _all;

    /// <summary>Counts another one; false: there are too many.</summary>
    public bool TryOpen(SubjectId caller)
    {
        lock (_lock)
        {
            var own = _open.GetValueOrDefault(caller);
            if (_all >= most || own >= mostOfOne)
            {
                return false;
            }
            _open[caller] = own + 1;
            _all++;
            return true;
        }
    }

    /// <summary>One that was counted has ended.</summary>
    public void Close(SubjectId caller)
    {
        lock (_lock)
        {
            _all--;
            if (--_open[caller] == 0)
            {
                _open.Remove(caller);
            }
        }
    }
}
