using System.Diagnostics;
using AuthzCluster.Hosting.Background;
using Microsoft.Extensions.Logging;

namespace AuthzCluster.Hosting.Tests.Background;

public sealed class FaultTraceTests
{
    [Fact]
    public void Report_UnderATrace_LogsIt_AndElsewhereNone()
    {
        var log = new Lines();
        var faults = new FaultLog(log, TimeProvider.System);
        string trace;
        using (var activity = new Activity("test").Start())
        {
            trace = activity.TraceId.ToHexString();
            faults.Report("asking", "it is away");
        }
        // Known by now, under whatever trace.
        faults.Report("asking", "it is away");
        faults.Report("sending", "it is away");

        Assert.Equal([$"asking fails and is tried again: it is away (trace {trace})", "sending fails and is tried again: it is away"], log.All);
    }

    private sealed class Lines : ILogger
    {
        public List<string> All { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => All.Add(formatter(state, exception));
    }
}
