namespace AuthzCluster.Http.Tests.Fuzz;

/// <summary>An answer as it came over the wire.</summary>
internal sealed record FuzzAnswer(int Status, IReadOnlyList<(string Name, string Value)> Headers, string Body)
{
    public string? Header(string name) =>
        Headers.Where(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value).FirstOrDefault();

    public bool Closes => string.Equals(Header("Connection"), "close", StringComparison.OrdinalIgnoreCase);

    public override string ToString() =>
        $"{Status} {string.Join("; ", Headers.Select(header => $"{header.Name}: {header.Value}"))}\n{(Body.Length > 2000 ? Body[..2000] : Body)}";
}
