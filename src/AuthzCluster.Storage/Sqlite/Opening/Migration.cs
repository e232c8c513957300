using System.Reflection;

namespace AuthzCluster.Storage.Sqlite.Opening;

/// <summary>A numbered step of the schema: an embedded script named <c>0001_what.sql</c>.</summary>
internal sealed record Migration(int Number, string Name)
{
    /// <summary>All, in order, without a gap.</summary>
    public static IReadOnlyList<Migration> All { get; } = Find();

    /// <summary>The script.</summary>
    public string ReadSql()
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(Name)!);
        return reader.ReadToEnd();
    }

    private static List<Migration> Find()
    {
        var all = Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(name => name.EndsWith(".sql", StringComparison.Ordinal))
            .Select(name => new Migration(int.Parse(name.AsSpan(0, 4)), name))
            .OrderBy(migration => migration.Number)
            .ToList();
        return all.Select(migration => migration.Number).SequenceEqual(Enumerable.Range(1, all.Count))
            ? all
            : throw new InvalidOperationException("Migrations are numbered 0001, 0002 and so on without a gap.");
    }
}
