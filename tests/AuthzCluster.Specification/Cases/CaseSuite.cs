using AuthzCluster.Testing.Cases;
using AuthzCluster.Testing;

namespace AuthzCluster.Specification.Cases;

/// <summary>All case files, and how a runner is held to them.</summary>
public static class CaseSuite
{
    private const string Extension = ".authz.yaml";

    /// <summary><c>tests/Cases</c>.</summary>
    public static string Directory { get; } = Path.Combine(Repository.Root, "tests", "Cases");

    /// <summary>The names of all files, in ordinal order, such as <c>inheritance/full.authz.yaml</c>.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. System.IO.Directory.EnumerateFiles(Directory, "*" + Extension, SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Directory, path).Replace(Path.DirectorySeparatorChar, '/'))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>One row per file, for a theory.</summary>
    public static IEnumerable<object[]> Rows() => Names.Select(name => new object[] { name });

    /// <summary>One row per file that requires none of <paramref name="lacking"/>.</summary>
    public static IEnumerable<object[]> RowsWithout(params string[] lacking) =>
        Names.Where(name => !Load(name).Requires.Intersect(lacking).Any()).Select(name => new object[] { name });

    /// <summary>The text of a file.</summary>
    public static string ReadText(string name) => File.ReadAllText(Path.Combine(Directory, name));

    /// <summary>Reads a file; throws <see cref="CaseFormatException"/> on one that breaks the format.</summary>
    public static AuthzCase Load(string name) => CaseReader.Read(name, ReadText(name));

    /// <summary>Runs a case; each line names file, line, question, expected and actual. Empty: it passes.</summary>
    public static async Task<IReadOnlyList<string>> FailuresAsync(ICaseRunner runner, AuthzCase test, CancellationToken cancellation = default)
    {
        var outcomes = await runner.RunAsync(test, cancellation);
        var tries = test.Attempts.Count;
        return outcomes.Count != tries + test.Checks.Count
            ? [$"{test.Name}: {tries} attempts and {test.Checks.Count} checks, {outcomes.Count} answers"]
            : [.. test.Attempts.Zip(outcomes).Where(pair => pair.First.Expect != pair.Second.Reason).Select(pair =>
                $"{test.Name}:{pair.First.Line}: {pair.First.By} {pair.First.Act.GetType().Name}: expected {pair.First.Expect}, was {pair.Second.Reason}"),
                .. test.Checks.Zip(outcomes.Skip(tries)).SelectMany(pair => pair.First.Expect.Check(pair.Second).Select(difference =>
                $"{test.Name}:{pair.First.Line}: {pair.First.Subject} {pair.First.Permission}: {difference}"))];
    }
}
