using System.Collections.Immutable;
using AuthzCluster.Domain.Decisions;

namespace AuthzCluster.Domain.Policies.Outside;

/// <summary>
/// What outside engines answered about one request, and what is still to be asked: the engine itself asks nobody. It decides with what is here; while something
/// is <see cref="Missing"/> the decision that came out is provisional, is nobody's answer, and is made again with what was missing. For one decision at a time.
/// </summary>
public sealed class OutsideAnswers
{
    // What is decided by an answer that is not there yet is looked beyond, for so many questions, so that they are asked together.
    private const int LookAhead = 16;

    private readonly Dictionary<OutsideQuestion, OutsideAnswer> _known = [];
    private readonly OrderedDictionary<OutsideQuestion, OutsideAnswer?> _looked = [];
    private readonly List<OutsideQuestion> _missing = [];
    private AccessRequest? _request;
    private bool _isConcluded;
    private DateTimeOffset _until = DateTimeOffset.MaxValue;

    /// <summary>What was looked for and is not here.</summary>
    public IReadOnlyList<OutsideQuestion> Missing => _missing;

    /// <summary>Whether more may be looked for than decides, to be asked together with what does.</summary>
    internal bool LooksAhead => !_isConcluded && _missing.Count is > 0 and < LookAhead;

    /// <summary>Whether something was looked for that the decision itself did not need: at another instant it may make it another.</summary>
    internal bool IsUnsure { get; private set; }

    /// <summary>A request to be decided with these answers; those about one that said anything else are forgotten.</summary>
    public AccessRequest Begin(AccessRequest request)
    {
        if (!request.Equals(_request))
        {
            _known.Clear();
            _request = request;
        }
        _looked.Clear();
        _missing.Clear();
        _until = DateTimeOffset.MaxValue;
        Resume();
        return request with { Outside = this };
    }

    /// <summary>Takes an answer.</summary>
    public void Take(OutsideQuestion question, OutsideAnswer answer) => _known[question] = answer;

    /// <summary>What a question comes to.</summary>
    internal Truth Look(OutsideQuestion question)
    {
        if (!_looked.TryGetValue(question, out var answer))
        {
            if (_isConcluded)
            {
                IsUnsure = true;
                return Truth.Error;
            }
            answer = _known.GetValueOrDefault(question);
            _looked.Add(question, answer);
            if (answer is null)
            {
                _missing.Add(question);
            }
            else if (answer.Until < _until)
            {
                _until = answer.Until;
            }
        }
        return answer?.Truth ?? Truth.Error;
    }

    /// <summary>It is decided; what is looked for from here on is about other instants, and nobody is asked for it.</summary>
    internal void Conclude() => _isConcluded = true;

    /// <summary>What is looked for from here on is to be asked again.</summary>
    internal void Resume() => (_isConcluded, IsUnsure) = (false, false);

    /// <summary>The end of an answer, no later than that of what was looked at, and no earlier than the instant that it is about.</summary>
    internal DateTimeOffset? Cap(DateTimeOffset? validUntil, DateTimeOffset now)
    {
        var until = validUntil < _until ? validUntil.Value : _until;
        return until == DateTimeOffset.MaxValue ? validUntil : until < now ? now : until;
    }

    /// <summary>All that was looked at, in that order.</summary>
    internal ImmutableArray<OutsideStep> Tell() =>
    [
        .. _looked.Select(item => new OutsideStep
        {
            Path = item.Key.Path,
            Url = item.Key.Url,
            Answer = item.Value?.Truth ?? Truth.Error,
            IsUndefined = item.Value is { IsUndefined: true },
            Problem = item.Value?.Problem,
            IsFinalWord = item.Key.Local is not null,
        }),
    ];
}
