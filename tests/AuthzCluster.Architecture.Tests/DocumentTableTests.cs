using System.Text.RegularExpressions;

namespace AuthzCluster.Architecture.Tests;

/// <summary>The tables that say which test holds which line of the seed documents name tests that there are, and leave no line for later.</summary>
public sealed partial class DocumentTableTests
{
    private const int HeldBy = 3, Columns = 5;

    private static string Folder => Path.Combine(Repository.Root, "tests", "Http", "Documents");

    [Fact]
    public void Documents_LeaveNothingForLater()
    {
        var later = Directory.GetFiles(Folder).SelectMany(file => File.ReadLines(file).Where(IsForLater).Select(line => $"{Path.GetFileName(file)}: {line.Trim()}"));
        Assert.Empty(later);
    }

    [Fact]
    public void Tables_NameWhatThereIs()
    {
        var tests = string.Join('\n', Directory.GetFiles(Path.Combine(Repository.Root, "tests"), "*.cs", SearchOption.AllDirectories).Where(IsSource).Select(File.ReadAllText));
        var names = File.ReadLines(Path.Combine(Folder, "README.md")).Select(line => line.Split('|')).Where(cells => cells.Length > Columns)
            .SelectMany(cells => Quoted().Matches(cells[HeldBy])).Select(name => name.Groups[1].Value).Distinct().ToArray();
        Assert.NotEmpty(names);

        Assert.DoesNotContain(names, name => !IsThere(name, tests));
    }

    // `A token for both is not yet a right in both` is a sentence; a mark for later names what is to come, or stands alone.
    private static bool IsForLater(string line) => Later().IsMatch(line);

    private static bool IsThere(string name, string tests)
    {
        if (name.StartsWith("cases/", StringComparison.Ordinal))
        {
            var path = Path.Combine(Repository.Root, "tests", "Cases", name["cases/".Length..]);
            return Directory.Exists(path) || File.Exists($"{path}.authz.yaml");
        }
        if (name.StartsWith("scripts/", StringComparison.Ordinal))
        {
            return File.Exists(Path.Combine(Repository.Root, name));
        }
        if (name.EndsWith('/'))
        {
            return Directory.GetDirectories(Path.Combine(Repository.Root, "tests"), name.TrimEnd('/'), SearchOption.AllDirectories).Length > 0;
        }
        // A project, or a class and a test of it, or either; dots stand for the rest of a name.
        return Directory.Exists(Path.Combine(Repository.Root, "tests", name))
            || name.TrimEnd('.').Split('/')[^1].Split('.').All(part => Regex.IsMatch(tests, $@"\b(class|Task|void) {Regex.Escape(part)}"));
    }

    private static bool IsSource(string file) => !file.Split(Path.DirectorySeparatorChar).Any(folder => folder is "obj" or "bin");

    [GeneratedRegex(@"not yet(:|\)| \|)|Not yet\*", RegexOptions.CultureInvariant)]
    private static partial Regex Later();

    [GeneratedRegex("`([^`]+)`", RegexOptions.CultureInvariant)]
    private static partial Regex Quoted();
}
