using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Views;
using AuthzCluster.Actors.Writers;
using AuthzCluster.Domain.Errors;

namespace AuthzCluster.Actors.Services;

/// <summary>
/// Imports row by row as requests: the report is kept once all rows are done. One that was cut off before that is run again; what each commit did is kept with
/// it, so that it is not done twice, and nothing is done any more once the report is kept.
/// </summary>
internal static class RowImports
{
    /// <summary>Runs an import, or answers as when it was run before.</summary>
    public static async Task<Result<RowsReport>> RunOnceAsync(this ActorPorts ports, Caller caller, bool dryRun, Func<Caller, Task<Result<RowsReport>>> run)
    {
        if (caller.Request is not { } request || dryRun)
        {
            return await run(caller.AsStep());
        }
        if (await ports.FindRepeatAsync<RowsReport>(caller) is { } done)
        {
            return done;
        }
        var report = await run(caller.AsPart());
        if (report.IsOk)
        {
            await ports.Store.KeepRequestAsync(ports.Mark(request, report.Value));
            // Another run of it may have come first.
            return await ports.FindRequestAsync<RowsReport>(request) ?? report;
        }
        if (report.Error.Code != ErrorCode.Unavailable)
        {
            await ports.KeepRefusalAsync(request, report.Error);
        }
        return report;
    }
}
