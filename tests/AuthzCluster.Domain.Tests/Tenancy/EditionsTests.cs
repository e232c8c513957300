using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Domain.Tests.Roles;

namespace AuthzCluster.Domain.Tests.Tenancy;

public sealed class EditionsTests : RoleEditorTestBase
{
    [Fact]
    public void Check_EachEdition_HasAllOfTheOneBelow()
    {
        var has = Enum.GetValues<Edition>().Select(edition => Enum.GetValues<Feature>().Count(feature => Editions.Check(edition, feature) is null));
        Assert.Equal([1, 2, 3, 5], has);
        var refused = Editions.Check(Edition.WriterPro, Feature.CustomRoles)!;
        Assert.Equal((ErrorCode.FeatureNotAvailable, "the tenant's edition is `writer_pro`; this needs `teams` or a higher one"), (refused.Code, refused.Detail));
    }

    [Theory]
    [InlineData(Edition.Core, false)]
    [InlineData(Edition.WriterPro, false)]
    [InlineData(Edition.Teams, true)]
    [InlineData(Edition.Enterprise, true)]
    public void AssignTeam_CustomRole_DependsOnTheEdition(Edition edition, bool isGiven)
    {
        Create("clerk");
        Model = Model with { Edition = edition };
        var team = SubjectId.Team("t");
        Assert.Equal(isGiven, TeamGrantEditor.Assign(Model, "t", IdOf("clerk"), new AssignmentDraft(team), "a", "user:x", Now).IsOk);
        Assert.True(TeamGrantEditor.Assign(Model, "t", IdOf("viewer"), new AssignmentDraft(team), "b", "user:x", Now).IsOk);
    }
}
