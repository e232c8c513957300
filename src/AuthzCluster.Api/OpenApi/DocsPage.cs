namespace AuthzCluster.Api.OpenApi;

/// <summary>The files of <c>Page/</c> and the examples, as they are built in.</summary>
internal static class DocsPage
{
    public static byte[] Read(string file)
    {
        using var stream = typeof(DocsPage).Assembly.GetManifestResourceStream($"docs/{file}")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
