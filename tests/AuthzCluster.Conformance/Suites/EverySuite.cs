using System.Reflection;

namespace AuthzCluster.Conformance.Suites;

/// <summary>What a host's tests run of this.</summary>
public static class EverySuite
{
    /// <summary>The suites that no class of a host's tests derives from.</summary>
    public static IReadOnlyList<string> MissingIn(Assembly tests)
    {
        var run = tests.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false, IsPublic: true }).Select(type => type.BaseType).ToHashSet();
        var suites = typeof(HostSuite).Assembly.GetTypes().Where(type => type.IsAbstract && type.IsSubclassOf(typeof(HostSuite)) && HasTests(type)).ToArray();
        Assert.NotEmpty(suites);
        return [.. suites.Where(suite => !run.Contains(suite)).Select(suite => suite.Name)];
    }

    private static bool HasTests(Type type) => type.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly).Any(method => method.IsDefined(typeof(FactAttribute)));
}
