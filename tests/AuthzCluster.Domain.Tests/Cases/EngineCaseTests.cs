using AuthzCluster.Specification.Cases;

namespace AuthzCluster.Domain.Tests.Cases;

public class EngineCaseTests
{
    [Theory]
    [MemberData(nameof(CaseSuite.Rows), MemberType = typeof(CaseSuite))]
    public async Task Engine_EveryCase_AnswersAsWritten(string name) =>
        Assert.Empty(await CaseSuite.FailuresAsync(new EngineRunner(), CaseSuite.Load(name)));
}
