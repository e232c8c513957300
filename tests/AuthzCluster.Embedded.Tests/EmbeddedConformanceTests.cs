using AuthzCluster.Conformance.Suites;
using AuthzCluster.Embedded.Tests.Hosting;

namespace AuthzCluster.Embedded.Tests;

public sealed class EmbeddedGrantTests() : GrantSuite(new EmbeddedFixture());

public sealed class EmbeddedConcurrencyTests() : ConcurrencySuite(new EmbeddedFixture());

public sealed class EmbeddedTimeTests() : TimeSuite(new EmbeddedFixture());

public sealed class EmbeddedFailureTests() : FailureSuite(new EmbeddedFixture());

public sealed class EmbeddedDeletionTests() : DeletionSuite(new EmbeddedFixture());

public sealed class EmbeddedPatchTests() : PatchSuite(new EmbeddedFixture());

public sealed class EmbeddedMakingTests() : MakingSuite(new EmbeddedFixture());

public sealed class EmbeddedRepeatTests() : RepeatSuite(new EmbeddedFixture());

public sealed class EmbeddedLatePartTests() : LatePartSuite(new EmbeddedFixture());

public sealed class EmbeddedTenantTests() : TenantSuite(new EmbeddedFixture());

public sealed class EmbeddedAuditTests() : AuditSuite(new EmbeddedFixture());

public sealed class EmbeddedImportTests() : ImportSuite(new EmbeddedFixture());

public sealed class EmbeddedApiKeyTests() : ApiKeySuite(new EmbeddedFixture());

public sealed class EmbeddedApiKeyWorkflowTests() : ApiKeyWorkflowSuite(new EmbeddedFixture());

public sealed class EmbeddedAdminKeyTests() : AdminKeySuite(new EmbeddedFixture());

public sealed class EmbeddedEntityTests() : EntitySuite(new EmbeddedFixture());

public sealed class EmbeddedEntityJoinTests() : EntityJoinSuite(new EmbeddedFixture());

public sealed class EmbeddedKnownSubjectTests() : KnownSubjectSuite(new EmbeddedFixture());

public sealed class EmbeddedLastAdministratorTests() : LastAdministratorSuite(new EmbeddedFixture());

public sealed class EmbeddedAdministrationTests() : AdministrationSuite(new EmbeddedFixture());

public sealed class EmbeddedRequestTests() : RequestSuite(new EmbeddedFixture());

public sealed class EmbeddedSeparationTests() : SeparationSuite(new EmbeddedFixture());

public sealed class EmbeddedSeparationRaceTests() : SeparationRaceSuite(new EmbeddedFixture());

public sealed class EmbeddedEverySuiteTests
{
    [Fact]
    public void EachSuite_IsRunHere() => Assert.Empty(EverySuite.MissingIn(typeof(EmbeddedEverySuiteTests).Assembly));
}
