using System.Diagnostics;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Benchmarks.Storage;

/// <summary>What is stored: as big and as scattered as the real thing.</summary>
internal static class Shapes
{
    public const int Subjects = 1_000_000, HoldersOfBigRole = 100_000, Roles = 1000;

    public const string BigRole = "role_0198f2a0-0000-7000-8000-000000000000";

    public static readonly TenantId Tenant = new("acme");

    public static ActorKey Key(string id) => ActorKey.Of(Tenant, SubjectId.User(id));

    /// <summary>User ids in no order.</summary>
    public static string UserId(int i) => $"user-{(uint)i * 2654435761u:x8}";

    public static string RoleId(int i) => $"role_0198f2a0-0000-7000-8000-{(i % Roles) + 1:d12}";

    public static byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        Random.Shared.NextBytes(bytes);
        return bytes;
    }

    public static IEnumerable<IndexRow> AssignableRoles() => Enumerable.Range(0, Roles).Select(RoleId).Append(BigRole).Select(Assignable);

    /// <summary>A subject with three roles, the big one among them for every tenth; one subject in four has an end.</summary>
    public static Commit Subject(int i)
    {
        var key = Key(UserId(i));
        string[] roles = [i % 10 == 0 ? BigRole : RoleId(i), RoleId(i * 7), RoleId((i * 13) + 5)];
        var end = i % 4 == 0 ? DateTimeOffset.UnixEpoch.AddDays(25_000).AddSeconds(i) : (DateTimeOffset?)null;
        var rows = new List<IndexRow>(7);
        for (var n = 0; n < roles.Length; n++)
        {
            rows.Add(new(Tenant, IndexNames.RoleHolders, roles[n], key.Value, end));
            rows.Add(new(Tenant, IndexNames.Assignments, Guid.CreateVersion7().ToString("n"), key.Value));
        }

        if (end is not null)
        {
            rows.Add(new(IndexNames.Everywhere, IndexNames.Due, "", key.Value, end));
        }

        return new(key, 0, Bytes(600)) { Adds = rows };
    }

    /// <summary>One grant: a state of 300 bytes, three index rows, one outbox row, one requirement.</summary>
    public static Commit Grant(string user, long version, string role) => new(Key(user), version, Bytes(300))
    {
        Requires = [Assignable(role)],
        Adds =
        [
            new(Tenant, IndexNames.RoleHolders, role, Key(user).Value),
            new(Tenant, IndexNames.Assignments, Guid.CreateVersion7().ToString("n"), Key(user).Value),
            new(IndexNames.Everywhere, IndexNames.Due, "", Key(user).Value, DateTimeOffset.UnixEpoch.AddDays(25_000)),
        ],
        Outbox = [new(Tenant, Bytes(300))],
    };

    public static async Task MustAsync(ValueTask<CommitOutcome> commit)
    {
        if (await commit is var outcome and not CommitOutcome.Committed)
        {
            throw new InvalidOperationException($"A commit of the benchmark was answered {outcome}.");
        }
    }

    public static double PeakMemory()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 / 1048576.0;
    }

    public static double Percentile(List<double> values, double part)
    {
        values.Sort();
        return values[(int)(part * (values.Count - 1))];
    }

    private static IndexRow Assignable(string role) => new(Tenant, IndexNames.AssignableRoles, role, "");
}
