using System.Xml.Linq;

namespace AuthzCluster.Architecture.Tests;

/// <summary>References point one way: Domain, Actors, then what hosts and serves them.</summary>
public class ArrowsTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["AuthzCluster.Domain"] = [],
        ["AuthzCluster.Actors"] = ["AuthzCluster.Domain"],
        ["AuthzCluster.Storage"] = ["AuthzCluster.Actors"],
        ["AuthzCluster.Hosting"] = ["AuthzCluster.Actors"],
        ["AuthzCluster.Embedded"] = ["AuthzCluster.Hosting", "AuthzCluster.Storage"],
        ["AuthzCluster.Api"] = ["AuthzCluster.Actors", "AuthzCluster.Hosting"],
        ["AuthzCluster.Grains.Abstractions"] = ["AuthzCluster.Actors"],
        ["AuthzCluster.Grains"] = ["AuthzCluster.Grains.Abstractions", "AuthzCluster.Hosting"],
        ["AuthzCluster.Server"] = ["AuthzCluster.Api", "AuthzCluster.Embedded"],
        ["AuthzCluster.Silo"] = ["AuthzCluster.Grains", "AuthzCluster.Storage"],
        ["AuthzCluster.Gateway"] = ["AuthzCluster.Api", "AuthzCluster.Grains.Abstractions"],
        ["AuthzCluster.Client"] = [],
        ["AuthzCluster.Client.Orleans"] = ["AuthzCluster.Client", "AuthzCluster.Grains.Abstractions"],
        ["AuthzCluster.Testing"] = ["AuthzCluster.Actors"],
        ["AuthzCluster.TestingHost"] = ["AuthzCluster.Client.Orleans", "AuthzCluster.Grains", "AuthzCluster.Storage", "AuthzCluster.Testing"],
    };

    public static TheoryData<string> Projects() => [.. Directory.GetFiles(Path.Combine(Repository.Root, "src"), "*.csproj", SearchOption.AllDirectories)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void ProjectReferences_OfEachProject_ArePointedOneWay(string project)
    {
        var name = Path.GetFileNameWithoutExtension(project);
        Assert.True(Allowed.ContainsKey(name), $"{name} is new: say here what it may refer to");
        Assert.Equal(Allowed[name].Order(), References(project, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path)).Order());
    }

    [Fact]
    public void Gateway_KnowsNeitherGrainsNorStorage()
    {
        var reached = new HashSet<string>();
        Reach(Path.Combine(Repository.Root, "src", "AuthzCluster.Gateway", "AuthzCluster.Gateway.csproj"), reached);
        Assert.DoesNotContain("AuthzCluster.Grains", reached);
        Assert.DoesNotContain("AuthzCluster.Storage", reached);

        static void Reach(string project, HashSet<string> reached)
        {
            foreach (var path in References(project, "ProjectReference"))
            {
                if (reached.Add(Path.GetFileNameWithoutExtension(path)))
                {
                    Reach(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(project)!, path)), reached);
                }
            }
        }
    }

    [Fact]
    public void Packages_OfDomainAndActors_AreAnalyzersOnly()
    {
        foreach (var name in new[] { "AuthzCluster.Domain", "AuthzCluster.Actors" })
        {
            var project = Path.Combine(Repository.Root, "src", name, $"{name}.csproj");
            Assert.Equal(["Microsoft.CodeAnalysis.BannedApiAnalyzers"], References(project, "PackageReference"));
            Assert.Contains("BannedSymbols.txt", File.ReadAllText(project), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Domain_Assembly_KnowsNoTasksInItsSignatures()
    {
        var signatures = typeof(Domain.Decisions.DecisionEngine).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods())
            .Where(method => typeof(Task).IsAssignableFrom(method.ReturnType) || method.ReturnType.Name.StartsWith("ValueTask", StringComparison.Ordinal))
            .Select(method => $"{method.DeclaringType}.{method.Name}");
        Assert.Empty(signatures);
    }

    private static IEnumerable<string> References(string project, string kind) =>
        XDocument.Load(project).Descendants(kind).Select(item => item.Attribute("Include")!.Value.Replace('\\', '/'));
}
