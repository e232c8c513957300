using AuthzCluster.Specification.Cases;
using AuthzCluster.Testing.Cases;

namespace AuthzCluster.Domain.Tests.Cases;

public class EngineCaseTests
{
    public static IEnumerable<object[]> Questions() => CaseSuite.RowsWithout(AuthzCase.RequiresAttempts);

    [Theory]
    [MemberData(nameof(Questions))]
    public async Task Engine_EveryCase_AnswersAsWritten(string name)
    {
        var failures = await CaseSuite.FailuresAsync(new EngineRunner(), CaseSuite.Load(name));
        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }
}
