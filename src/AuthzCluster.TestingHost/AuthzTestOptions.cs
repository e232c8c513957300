using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Policies;
using Microsoft.Extensions.Logging;

namespace AuthzCluster.TestingHost;

/// <summary>How a test cluster is started.</summary>
public sealed record AuthzTestOptions
{
    /// <summary>How many silos; 1 to 16. Default: 2.</summary>
    public int Silos { get; init; } = 2;

    /// <summary>Where the data is. Default: <see cref="TestStorage.Memory"/>.</summary>
    public TestStorage Storage { get; init; } = TestStorage.Memory;

    /// <summary>Where the clock stands at first. Default: the instant of the start.</summary>
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>Conditions of the application's own, which all silos know as <c>custom {name, params}</c>. Default: none.</summary>
    public IReadOnlyList<ICustomCondition> Conditions { get; init; } = [];

    /// <summary>Is told what the silos log, besides their own output. Default: nobody.</summary>
    public ILoggerProvider? Log { get; init; }

    /// <summary>What the conformance suite puts between the silos and their storage; again for each set of silos.</summary>
    internal Func<IActorStore, IActorStore> WrapStore { get; init; } = store => store;

    /// <summary>The same of the audit log.</summary>
    internal Func<IAuditStore, IAuditStore> WrapAudit { get; init; } = store => store;

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentException">One is wrong; the message names it.</exception>
    internal void Validate()
    {
        if (Silos is < 1 or > 16)
        {
            throw new ArgumentException($"{nameof(Silos)} must be 1 to 16, not {Silos}");
        }
    }
}
