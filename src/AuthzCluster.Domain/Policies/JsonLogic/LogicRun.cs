using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Decisions;

namespace AuthzCluster.Domain.Policies.JsonLogic;

/// <summary>One evaluation of a rule: what it is about, what it may still spend, and whether it has failed. A failure is final.</summary>
internal struct LogicRun
{
    /// <summary>The most steps of an evaluation: about one for each node evaluated, element looked at or built, and 256 characters compared.</summary>
    public const int MostSteps = 10_000;

    /// <summary>The most characters that an evaluation may build.</summary>
    public const int MostText = 65_536;

    private int _steps;
    private int _text;
    private AttributeValue _whole;
    private bool _isBuilt;

    private LogicRun(AccessRequest? request, AttributeValue data)
    {
        (Question, Data) = (request, data);
        (_steps, _text) = (MostSteps, MostText);
    }

    /// <summary>The question that the rule is about; null over other data, and within an iteration.</summary>
    public AccessRequest? Question { get; private set; }

    /// <summary>What the rule, or the iteration's step, is about where that is no question.</summary>
    public AttributeValue Data { get; private set; }

    /// <summary>Whether the rule could not be evaluated.</summary>
    public bool Failed { get; private set; }

    /// <summary>Begins one about a question.</summary>
    public static LogicRun Over(AccessRequest request) => new(request, default);

    /// <summary>Begins one about any data.</summary>
    public static LogicRun Over(AttributeValue data) => new(null, data);

    /// <summary>All that the rule is about at this place: what an empty path names.</summary>
    public AttributeValue Whole()
    {
        if (Question is not { } request)
        {
            return Data;
        }
        if (!_isBuilt)
        {
            (_whole, _isBuilt) = (LogicData.Of(request), true);
        }
        return _whole;
    }

    /// <summary>Makes an element of a list what the rule is about; answers what it was about before.</summary>
    public (AccessRequest? Question, AttributeValue Data) Enter(AttributeValue element)
    {
        var before = (Question, Data);
        (Question, Data) = (null, element);
        return before;
    }

    /// <summary>Goes back to what the rule was about.</summary>
    public void Leave((AccessRequest? Question, AttributeValue Data) before) => (Question, Data) = before;

    /// <summary>Fails; answers null.</summary>
    public AttributeValue Fail()
    {
        Failed = true;
        return default;
    }

    /// <summary>Spends steps; false where none are left, or the run has failed.</summary>
    public bool Spend(long steps)
    {
        if (Failed || steps > _steps)
        {
            Failed = true;
            return false;
        }
        _steps -= (int)steps;
        return true;
    }

    /// <summary>Spends characters that are built; false where none are left, or the run has failed.</summary>
    public bool SpendText(int characters)
    {
        if (Failed || characters > _text)
        {
            Failed = true;
            return false;
        }
        _text -= characters;
        return true;
    }
}
