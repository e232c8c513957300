using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace AuthzCluster.Architecture.Tests;

/// <summary>The house rules that a machine can hold.</summary>
public partial class ShapeTests
{
    private const int LongestFile = 400;

    [Fact]
    public void Files_OfTheWholeTree_StayShort()
    {
        var long_ = Sources("src").Concat(Sources("tests")).Where(file => File.ReadLines(file).Count() > LongestFile);
        Assert.Empty(long_);
    }

    [Fact]
    public void Files_OfTheProduct_DeclareOnePublicTypeEach()
    {
        var crowded = Sources("src").Where(file => PublicType().Count(File.ReadAllText(file)) > 1);
        Assert.Empty(crowded);
    }

    [Fact]
    public void Folders_OfTheProduct_AreAtMostThreeDeep()
    {
        var deep = Sources("src").Where(file => Path.GetRelativePath(Path.Combine(Repository.Root, "src"), file).Count(c => c == Path.DirectorySeparatorChar) > 3);
        Assert.Empty(deep);
    }

    [Fact]
    public void EmbeddedFilter_OfTheSolution_HoldsEveryProjectWithoutOrleans()
    {
        using var filter = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "AuthzCluster.Embedded.slnf")));
        var listed = filter.RootElement.GetProperty("solution").GetProperty("projects").EnumerateArray().Select(item => item.GetString()!.Replace('\\', '/'));
        var projects = new[] { "src", "tests" }
            .SelectMany(folder => Directory.GetFiles(Path.Combine(Repository.Root, folder), "*.csproj", SearchOption.AllDirectories))
            .Where(project => !NeedsOrleans(Path.GetFullPath(project)))
            .Select(project => Path.GetRelativePath(Repository.Root, project).Replace('\\', '/'));
        Assert.Equal(projects.Order(), listed.Order());
    }

    [Fact]
    public void Solution_HoldsEveryProject()
    {
        var solution = File.ReadAllText(Path.Combine(Repository.Root, "AuthzCluster.sln")).Replace('\\', '/');
        foreach (var project in Directory.GetFiles(Repository.Root, "*.csproj", SearchOption.AllDirectories))
        {
            Assert.Contains(Path.GetRelativePath(Repository.Root, project).Replace('\\', '/'), solution, StringComparison.Ordinal);
        }
    }

    private static bool NeedsOrleans(string project)
    {
        var items = XDocument.Load(project).Descendants().Where(item => item.Name == "PackageReference" || item.Name == "ProjectReference")
            .Select(item => (item.Name, Include: item.Attribute("Include")!.Value.Replace('\\', '/')));
        return items.Any(item => item.Name == "PackageReference"
            ? item.Include.StartsWith("Microsoft.Orleans.", StringComparison.Ordinal)
            : NeedsOrleans(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(project)!, item.Include))));
    }

    [Fact]
    public void Actors_WhateverHostsThem_NeverLeaveTheirTurn()
    {
        var leaving = Sources("src/AuthzCluster.Actors").Concat(Sources("src/AuthzCluster.Grains/Actors")).Concat(Sources("src/AuthzCluster.Grains/Services"))
            // A cell is no actor: it is what threads meet at.
            .Where(file => !file.EndsWith("/Finality/Cell.cs", StringComparison.Ordinal) && LeavesTheTurn().IsMatch(File.ReadAllText(file)));
        Assert.Empty(leaving);
    }

    private static IEnumerable<string> Sources(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal));

    [GeneratedRegex(@"^public (sealed |static |abstract |readonly |partial |ref )*(class|record|struct|interface|enum|delegate) ", RegexOptions.Multiline)]
    private static partial Regex PublicType();

    // A claim of the caller's (RequestContext) is no business of theirs either.
    [GeneratedRegex(@"ConfigureAwait\(|Task\.Run\(|\block \(|\.Result\b(?!<)|GetAwaiter\(\)|\bRequestContext\b")]
    private static partial Regex LeavesTheTurn();
}
