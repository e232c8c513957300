using System.IO.Compression;

namespace AuthzCluster.Server.Tests.Support;

/// <summary>Real input, whose place the environment gives.</summary>
public static class SharedData
{
    public const string Variable = "AUTHZ_SHARED";

    /// <summary>The directory; null where the environment names none, or it lacks the file.</summary>
    public static string? RolesFile =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } directory
        && Path.Combine(directory, "data", "gcp-predefined-roles.json.gz") is var path && File.Exists(path) ? path : null;

    public static byte[] ReadRoles()
    {
        using var packed = new GZipStream(File.OpenRead(RolesFile!), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        packed.CopyTo(bytes);
        return bytes.ToArray();
    }
}
