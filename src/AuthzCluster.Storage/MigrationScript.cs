using System.Reflection;

namespace AuthzCluster.Storage;

/// <summary>A numbered step of a schema: an embedded script named <c>0001_what.sql</c>.</summary>
internal sealed record MigrationScript(string Folder, int Number, string Name)
{
    /// <summary>All of a kind of database, in order, without a gap.</summary>
    public static IReadOnlyList<MigrationScript> All(string folder)
    {
        var all = Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(name => name.StartsWith($"{folder}/", StringComparison.Ordinal))
            .Select(name => name[(folder.Length + 1)..])
            .Select(name => new MigrationScript(folder, int.Parse(name.AsSpan(0, 4)), name))
            .OrderBy(script => script.Number)
            .ToList();
        return all.Select(script => script.Number).SequenceEqual(Enumerable.Range(1, all.Count))
            ? all
            : throw new InvalidOperationException("Migrations are numbered 0001, 0002 and so on without a gap.");
    }

    /// <summary>The script.</summary>
    public string ReadSql()
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream($"{Folder}/{Name}")!);
        return reader.ReadToEnd();
    }
}
