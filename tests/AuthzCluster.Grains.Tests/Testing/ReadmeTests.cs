using System.Text.RegularExpressions;

namespace AuthzCluster.Grains.Tests.Testing;

/// <summary>What the README of AuthzCluster.TestingHost shows is compiled and run.</summary>
public sealed partial class ReadmeTests
{
    [Fact]
    public void Readme_EveryExample_IsOneThatRuns()
    {
        var run = Squeezed(File.ReadAllText(Path.Combine(Repository.Root, "tests", "AuthzCluster.Grains.Tests", "Testing", $"{nameof(ReadmeExamples)}.cs")));
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "src", "AuthzCluster.TestingHost", "README.md"));
        var shown = Example().Matches(readme).Select(match => Squeezed(match.Groups[1].Value)).ToList();

        Assert.True(shown.Count >= 6);
        Assert.All(shown, example => Assert.Contains(example, run, StringComparison.Ordinal));
    }

    private static string Squeezed(string code) => Space().Replace(code, " ").Trim();

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
