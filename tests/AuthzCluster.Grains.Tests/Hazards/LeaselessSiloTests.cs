using AuthzCluster.Actors.Ports;
using ErrorCode = AuthzCluster.Domain.Errors.ErrorCode;

namespace AuthzCluster.Grains.Tests.Hazards;

/// <summary>One of two silos holds no lease and never will: what it refuses the other answers.</summary>
public sealed class LeaselessSiloTests
{
    // By way of which silo an attempt goes is chance.
    private const int Users = 12, Attempts = 30;

    [Fact]
    public async Task QuestionsAboutOneSubject_ThatItsSiloRefuses_AreAnsweredByTheOther()
    {
        await using var cluster = await BareCluster.StartAsync(silos: 2);
        await cluster.RoleAsync("reader", "invoices:read");
        for (var user = 0; user < Users; user++)
        {
            await cluster.AssignAsync($"u{user}", "reader");
        }
        // It asked for them first, so that most of them are there.
        var cells = cluster.Silo.Ports.Cells;
        cells.Lease = null;
        cells.RaiseAll(BareCluster.Tenant);

        for (var user = 0; user < Users; user++)
        {
            Assert.Equal((true, false), await AskAsync(cluster.Outside.Decisions, $"u{user}"));
        }
    }

    // Null: not answered.
    private static async Task<(bool May, bool MayNot)?> AskAsync(IDecisions decisions, string user)
    {
        var now = DateTimeOffset.UtcNow;
        TimedRequest[] questions = [new(BareCluster.Question(user, "invoices:read"), now), new(BareCluster.Question(user, "invoices:write"), now)];
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var answers = await decisions.EvaluateManyAsync(BareCluster.Tenant, questions);
            if (answers.All(answer => answer.IsOk))
            {
                return (answers[0].Value!.IsAllowed, answers[1].Value!.IsAllowed);
            }
            Assert.All(answers, answer => Assert.True(answer.IsOk || answer.Error.Code == ErrorCode.Unavailable));
        }
        return null;
    }
}
