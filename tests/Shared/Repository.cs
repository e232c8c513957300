namespace AuthzCluster.Testing;

/// <summary>The checkout that the tests run from.</summary>
internal static class Repository
{
    /// <summary>The folder with the solution.</summary>
    public static string Root { get; } = FindRoot();

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "AuthzCluster.sln")))
            {
                return folder.FullName;
            }
        }
        throw new DirectoryNotFoundException("the tests run outside a checkout");
    }
}
