namespace AuthzCluster.Testing;

/// <summary>A test on real input; reported as skipped where the input is not there.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SharedDataFactAttribute : FactAttribute
{
    public SharedDataFactAttribute()
    {
        if (SharedData.Find(SharedData.GcloudRoles) is null)
        {
            Skip = $"AUTHZ_SHARED does not lead to {SharedData.GcloudRoles}";
        }
    }
}
