namespace AuthzCluster.Storage.Tests;

/// <summary>A directory for one test.</summary>
internal sealed class TempDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("authz-store-").FullName;

    public string Database => System.IO.Path.Combine(Path, "authz.db");

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
