using System.Collections.Concurrent;

namespace AuthzCluster.Silo.Tests.Chaos.Rig;

/// <summary>What is counted and measured, told apart by what goes wrong meanwhile.</summary>
internal sealed class Figures
{
    public const string Quiet = "none";

    private const int Told = 20;

    private readonly List<FaultReport> _reports = [];
    private readonly ConcurrentQueue<string> _wrong = new();
    private readonly Gap _write = new(), _check = new();
    private readonly ConcurrentDictionary<string, Gap> _subjects = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string, string), Gap> _subjectsByWay = new();
    private volatile FaultReport _now;
    private (int Left, TaskCompletionSource Reached) _writeGoal, _checkGoal;
    private int _violations, _decisive;

    public Figures() => (_now, _writeGoal, _checkGoal) = (Report(Quiet), (0, new()), (0, new()));

    /// <summary>What is wrong: the first few violations in full, and every answer that nobody should get.</summary>
    public IReadOnlyCollection<string> Wrong => _wrong;

    /// <summary>Answers that only the past explains.</summary>
    public int Violations => _violations;

    /// <summary>Checks to which one answer only was right.</summary>
    public int Decisive => _decisive;

    /// <summary>A table in Markdown, as of now.</summary>
    public string Table
    {
        get
        {
            lock (_reports)
            {
                return $"{FaultReport.Header}\n{string.Join('\n', _reports)}\n";
            }
        }
    }

    /// <summary>From here on something goes wrong; or, <see cref="Quiet"/>, nothing.</summary>
    public void Turn(string fault)
    {
        _now = Report(fault);
        _now.CountTime();
    }

    /// <summary>Completes after so many more acknowledged writes and answered checks.</summary>
    public Task AfterAsync(int writes, int checks)
    {
        TaskCompletionSource written = new(TaskCreationOptions.RunContinuationsAsynchronously), answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_reports)
        {
            (_writeGoal, _checkGoal) = ((writes, written), (checks, answered));
        }
        return Task.WhenAll(written.Task, answered.Task);
    }

    public void BeginWrite(long now) => _write.Begin(now);

    public void Acknowledge(FactWrite write, long now)
    {
        _now.CountWrite();
        _now.NoWrite.Take(_write.Answer(now));
        _now.Write.Take(now.Since(write.Begun));
        Count(ref _writeGoal);
    }

    public void BeginCheck(string subject, Way way, long now) => Each(subject, way, gap => gap.Begin(now));

    public void Refuse(string subject, Way way)
    {
        _now.CountRefusal();
        Each(subject, way, gap => gap.Refuse());
    }

    public void Answer(string subject, Way way, long now)
    {
        var report = _now;
        report.CountCheck();
        report.NoCheck.Take(_check.Answer(now));
        report.NoCheckOfSubjectByWay.Take(_subjectsByWay[(subject, way.Name)].Answer(now));
        if (way.IsGateway)
        {
            report.NoCheckOfSubject.Take(_subjects[subject].Answer(now));
        }
        Count(ref _checkGoal);
    }

    /// <summary>Holds an answer against what the fact may have been meanwhile.</summary>
    public void Judge(Fact fact, string subject, Way way, bool isAllowed, (long Begun, long Ended) check)
    {
        var isRight = fact.History.MayBe(isAllowed, check.Begun, check.Ended);
        if (!isRight || !fact.History.MayBe(!isAllowed, check.Begun, check.Ended))
        {
            Interlocked.Increment(ref _decisive);
        }
        if (isRight)
        {
            return;
        }
        _now.CountViolation(isAllowed);
        if (Interlocked.Increment(ref _violations) <= Told)
        {
            _wrong.Enqueue($"""
                stale {(isAllowed ? "allow" : "denial")}, fault: {_now.Name}
                  {fact.Kind} {fact.Name}, asked about {subject} by {way.Name} from {check.Begun.AsText()} to {check.Ended.AsText()}
                  its writes: {string.Join("\n              ", fact.History.Tell())}
                """);
        }
    }

    /// <summary>Something happened that should not.</summary>
    public void Tell(string wrong) => _wrong.Enqueue($"{Moment.Now.AsText()}, fault: {_now.Name}: {wrong}");

    private void Each(string subject, Way way, Action<Gap> change)
    {
        change(_check);
        change(_subjectsByWay.GetOrAdd((subject, way.Name), _ => new Gap()));
        if (way.IsGateway)
        {
            change(_subjects.GetOrAdd(subject, _ => new Gap()));
        }
    }

    private void Count(ref (int Left, TaskCompletionSource Reached) goal)
    {
        lock (_reports)
        {
            if (--goal.Left == 0)
            {
                goal.Reached.TrySetResult();
            }
        }
    }

    private FaultReport Report(string name)
    {
        lock (_reports)
        {
            if (_reports.Find(report => report.Name == name) is { } known)
            {
                return known;
            }
            _reports.Add(new FaultReport(name));
            return _reports[^1];
        }
    }
}
