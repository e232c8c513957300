namespace AuthzCluster.Silo.Tests.Running;

/// <summary>The lines that a process writes, as they come, and who waits for one of them.</summary>
internal sealed class LineLog
{
    private readonly List<string> _lines = [];
    private TaskCompletionSource _news = New();
    private bool _ended;

    /// <summary>What was written until now.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lines)
            {
                return [.. _lines];
            }
        }
    }

    /// <summary>Reads until the end.</summary>
    public async Task ReadAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            Add(line, isEnd: false);
        }
        Add(null, isEnd: true);
    }

    /// <summary>Waits for a line that has a text in it; null: it ended without.</summary>
    public async Task<string?> FindAsync(string text)
    {
        while (true)
        {
            Task news;
            lock (_lines)
            {
                if (_lines.Find(line => line.Contains(text, StringComparison.Ordinal)) is { } found || _ended)
                {
                    return _lines.Find(line => line.Contains(text, StringComparison.Ordinal));
                }
                news = _news.Task;
            }
            await news;
        }
    }

    private void Add(string? line, bool isEnd)
    {
        lock (_lines)
        {
            if (line is not null)
            {
                _lines.Add(line);
            }
            _ended |= isEnd;
            _news.SetResult();
            _news = New();
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
