using System.IO.Compression;

namespace AuthzCluster.Testing;

/// <summary>Real input that is not part of the repository: found through the environment variable AUTHZ_SHARED.</summary>
internal static class SharedData
{
    /// <summary>The predefined roles of Google Cloud, as its command line prints them.</summary>
    public const string GcloudRoles = "gcp-predefined-roles.json.gz";

    /// <summary>Where a file lies; null: it is not there.</summary>
    public static string? Find(string name)
    {
        var folder = Environment.GetEnvironmentVariable("AUTHZ_SHARED");
        return string.IsNullOrEmpty(folder)
            ? null
            : new[] { Path.Combine(folder, "data", name), Path.Combine(folder, name) }.FirstOrDefault(File.Exists);
    }

    /// <summary>A gzipped file's content.</summary>
    public static byte[] ReadGzip(string name)
    {
        using var file = File.OpenRead(Find(name) ?? throw new FileNotFoundException($"{name} is not below AUTHZ_SHARED"));
        using var unzipped = new GZipStream(file, CompressionMode.Decompress);
        using var content = new MemoryStream();
        unzipped.CopyTo(content);
        return content.ToArray();
    }
}
