namespace AuthzCluster.Server.Tests.Support;

/// <summary>A fact about the real input; skipped, with its reason, where there is none.</summary>
public sealed class SharedDataFactAttribute : FactAttribute
{
    public SharedDataFactAttribute()
    {
        if (SharedData.RolesFile is null)
        {
            base.Skip = $"{SharedData.Variable} does not name a directory with data/gcp-predefined-roles.json.gz";
        }
    }
}
