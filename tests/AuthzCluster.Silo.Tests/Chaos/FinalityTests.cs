using AuthzCluster.Http.Tests.Support;
using AuthzCluster.Silo.Tests.Running;

namespace AuthzCluster.Silo.Tests.Chaos;

/// <summary>
/// While no silo comes or goes, what was acknowledged counts for the next question, whichever silo it comes by. (Across faults this is not so yet:
/// see <see cref="ClusterLoad.EndAsync"/>.)
/// </summary>
[Collection(ProcessCollection.Name)]
public sealed class FinalityTests
{
    private const int Silos = 2, Users = 20, Rounds = 10;

    [Fact]
    public async Task HealthyCluster_RevokedOrTakenFromTheRole_IsDeniedToTheNextQuestionByEverySilo()
    {
        await using var cluster = await RunningCluster.StartAsync(Silos);
        var doors = await Task.WhenAll(cluster.Silos.Select(silo => RunningGateway.StartAsync([silo.Place], cluster.AdminKey)));
        try
        {
            await doors[0].Api.RoleAsync("clerk", "a:b", "c:d");
            for (var i = 0; i < Users; i++)
            {
                var (user, writing) = ($"u{i}", doors[i % Silos].Api);
                await writing.AssignAsync("clerk", user);
                await AllSayAsync(doors, user, true);
                (await writing.DeleteAsync($"/api/v1/roles/clerk/users/{user}")).Is(204);
                await AllSayAsync(doors, user, false);
                await writing.AssignAsync("clerk", user);
            }
            for (var round = 0; round < Rounds; round++)
            {
                var writing = doors[round % Silos].Api;
                (await writing.DeleteAsync("/api/v1/roles/clerk/permissions/a:b")).Is(204);
                await Task.WhenAll(Enumerable.Range(0, Users).Select(i => AllSayAsync(doors, $"u{i}", false)));
                (await writing.PostAsync("/api/v1/roles/clerk/permissions", new { permission = "a:b" })).Is(200);
                await Task.WhenAll(Enumerable.Range(0, Users).Select(i => AllSayAsync(doors, $"u{i}", true)));
            }
        }
        finally
        {
            await Task.WhenAll(doors.Select(door => door.DisposeAsync().AsTask()));
        }
    }

    private static Task AllSayAsync(RunningGateway[] doors, string user, bool isAllowed) => Task.WhenAll(doors.Select(async door =>
        Assert.Equal(isAllowed, (await door.Api.AskAsync(new { user, permission = "a:b" }))["decision"].GetBoolean())));
}
