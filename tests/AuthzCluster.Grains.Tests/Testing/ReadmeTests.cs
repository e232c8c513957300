using System.Text.RegularExpressions;

namespace AuthzCluster.Grains.Tests.Testing;

/// <summary>What the README of AuthzCluster.TestingHost shows is compiled and run.</summary>
public sealed partial class ReadmeTests
{
    // All of it, in order, and nothing besides: what a block needs that none before it has would not compile.
    [Fact]
    public void Readme_AllExamples_AreTheFileThatRuns()
    {
        var run = File.ReadAllText(Path.Combine(Repository.Root, "tests", "AuthzCluster.Grains.Tests", "Testing", $"{nameof(ReadmePage)}.cs"));
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "src", "AuthzCluster.TestingHost", "README.md"));
        var shown = Example().Matches(readme).Select(match => match.Groups[1].Value).ToList();

        Assert.True(shown.Count >= 6);
        Assert.Equal(Squeezed(shown[0]), Squeezed(run[..run.IndexOf("namespace ", StringComparison.Ordinal)]));
        Assert.Equal(Squeezed(string.Join('\n', shown.Skip(1))), Squeezed(Body().Match(run).Groups[1].Value));
    }

    private static string Squeezed(string code) => Space().Replace(code, " ").Trim();

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex(@"_Runs\(\)\s+\{(.*)\}\s+\}\s*$", RegexOptions.Singleline)]
    private static partial Regex Body();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
