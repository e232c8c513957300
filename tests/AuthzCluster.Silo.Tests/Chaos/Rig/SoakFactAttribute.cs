using AuthzCluster.Testing;

namespace AuthzCluster.Silo.Tests.Chaos.Rig;

/// <summary>A test that runs for minutes, or not at all; where nobody told it how many it is skipped, and says so.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SoakFactAttribute : FactAttribute
{
    public SoakFactAttribute()
    {
        if (!SoakBudget.IsSet)
        {
            Skip = "Every fault, and two at once, were NOT tested: AUTHZ_SOAK_MINUTES is not set (scripts/soak cluster).";
        }
    }
}
