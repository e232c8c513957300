using AuthzCluster.Actors.Ports;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.TestingHost;
using ErrorCode = AuthzCluster.Domain.Errors.ErrorCode;

namespace AuthzCluster.Grains.Tests.Chaos;

/// <summary>Gives a role to users of its own and takes it back, one write after the other, whatever becomes of the silos.</summary>
internal sealed class GrantWriter(int number, AuthzTestCluster cluster, GrantLedger ledger)
{
    public const string Role = "reader";

    private const int Users = 20;

    private readonly Random _random = new(number);

    public async Task RunAsync(CancellationToken stop)
    {
        for (var step = 0; !stop.IsCancellationRequested; step++)
        {
            var user = $"user-{number}-{_random.Next(Users)}";
            var request = $"request-{number}-{step}";
            var caller = new Caller(SubjectId.User("root"), request) { IsTrusted = true };
            // Whoever does not know gives: that can be done whatever is so.
            var gives = ledger[user] is not true;
            var assignments = cluster.Ports.Assignments;
            var error = gives
                ? (await assignments.AssignAsync(TenantId.Default, Role, new AssignmentDraft(SubjectId.User(user)), caller)).Error
                : (await assignments.RevokeAsync(TenantId.Default, Role, SubjectId.User(user), null, caller)).Error;
            if (error?.Code == ErrorCode.Unavailable)
            {
                // A silo that is gone is not waited for until the deadline.
                Assert.DoesNotContain("in time", error.Detail, StringComparison.Ordinal);
                ledger.Lose(user, request);
                continue;
            }
            Assert.True(error is null, $"{request}, which {(gives ? "gives to" : "takes from")} {user}: {error?.Code} {error?.Detail}");
            ledger.Acknowledge(user, gives, request);
        }
    }
}
