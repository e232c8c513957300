using AuthzCluster.Conformance.Hosting;
using AuthzCluster.Conformance.Suites;

namespace AuthzCluster.Grains.Tests;

public sealed class ClusterGrantTests() : GrantSuite(new ClusterFixture());

public sealed class ClusterConcurrencyTests() : ConcurrencySuite(new ClusterFixture());

public sealed class ClusterTimeTests() : TimeSuite(new ClusterFixture());

public sealed class ClusterFailureTests() : FailureSuite(new ClusterFixture());

public sealed class ClusterDeletionTests() : DeletionSuite(new ClusterFixture());

public sealed class ClusterPatchTests() : PatchSuite(new ClusterFixture());

public sealed class ClusterMakingTests() : MakingSuite(new ClusterFixture());

// A whole cluster that dies at each commit takes minutes; what is left of a commit is the same as after one that says it failed, and processes are killed elsewhere.
public sealed class ClusterRepeatTests() : RepeatSuite(new ClusterFixture(isBare: true))
{
    protected override IReadOnlyList<CommitFault> Faults => [CommitFault.FailAfter, CommitFault.FailBefore];
}

public sealed class ClusterTenantTests() : TenantSuite(new ClusterFixture());

public sealed class ClusterAuditTests() : AuditSuite(new ClusterFixture());

public sealed class ClusterImportTests() : ImportSuite(new ClusterFixture());

public sealed class ClusterApiKeyTests() : ApiKeySuite(new ClusterFixture());

public sealed class ClusterApiKeyWorkflowTests() : ApiKeyWorkflowSuite(new ClusterFixture());

public sealed class ClusterAdminKeyTests() : AdminKeySuite(new ClusterFixture());

public sealed class ClusterEntityTests() : EntitySuite(new ClusterFixture());

public sealed class ClusterEntityJoinTests() : EntityJoinSuite(new ClusterFixture());

public sealed class ClusterKnownSubjectTests() : KnownSubjectSuite(new ClusterFixture());

public sealed class ClusterLastAdministratorTests() : LastAdministratorSuite(new ClusterFixture());

public sealed class ClusterAdministrationTests() : AdministrationSuite(new ClusterFixture());

public sealed class ClusterRequestTests() : RequestSuite(new ClusterFixture());

public sealed class ClusterSeparationTests() : SeparationSuite(new ClusterFixture());

public sealed class ClusterSeparationRaceTests() : SeparationRaceSuite(new ClusterFixture());

public sealed class ClusterLatePartTests() : LatePartSuite(new ClusterFixture());

public sealed class ClusterEverySuiteTests
{
    [Fact]
    public void EachSuite_IsRunHere() => Assert.Empty(EverySuite.MissingIn(typeof(ClusterEverySuiteTests).Assembly));
}
