using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.State;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Administration;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Keys;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Writers;

/// <summary>
/// Sees to it that somebody administers <c>system</c>: holds its super_admin directly, without end, scope or condition, and by a key, if it is one, that is
/// valid as long. Whoever stops being one takes turns with all others who do, by a row that each such commit replaces: of two at once the second looks again.
/// Teams do not count: a membership ends without asking anybody.
/// </summary>
internal sealed class SystemAdministrators(ActorPorts ports)
{
    private const int BatchSize = 100;

    /// <summary>Whether a subject is one by its state, its key aside.</summary>
    public static bool IsOne(SubjectAssignments state, DateTimeOffset now) => state.Live.Any(grant =>
        grant.Role == CallerRights.SuperAdmin && grant is { RevokedAt: null, IsSuspended: false, ExpiresAt: null, Scope.Count: 0, Conditions.IsEmpty: true } && !(grant.StartsAt > now));

    /// <summary>Whether a subject is one.</summary>
    public async ValueTask<bool> IsOneAsync(SubjectId subject)
    {
        var key = ActorKey.Of(TenantId.System, subject);
        return await ports.Store.ReadAsync(key) is { } stored && IsOne(ports.Decode(key, () => SubjectCodec.Decode(stored.State)), ports.Now());
    }

    /// <summary>
    /// What a commit needs with which some stop being one: it takes their place in line. Refused, <see cref="ErrorCode.SystemRoleProtected"/>, where
    /// nobody would be left.
    /// </summary>
    /// <param name="isGoing">Of whom that is so; the key is null where it is none.</param>
    /// <exception cref="StoreUnavailableException">Who there is could not be read.</exception>
    public async ValueTask<Result<AdministratorRows>> LetGoAsync(Func<SubjectId, ApiKey?, bool> isGoing)
    {
        // First: whoever stops being one behind this is noticed by the commit.
        var turn = await ports.Store.ReadIndexAsync(TenantId.System, IndexNames.AdministratorTurns, "", null, 1);
        var (goes, stays) = (false, false);
        string? last = null;
        IReadOnlyList<IndexRow> rows;
        do
        {
            rows = await ports.Store.ReadIndexAsync(TenantId.System, IndexNames.RoleHolders, CallerRights.SuperAdmin.Value, last, BatchSize);
            foreach (var row in rows.Where(row => row.At is null))
            {
                var subject = new ActorKey(row.Member).Subject;
                if (await IsOneAsync(subject))
                {
                    var key = await ReadKeyAsync(subject);
                    var isGone = isGoing(subject, key?.Key);
                    goes |= isGone;
                    stays |= !isGone && (!IsOfKey(subject) || (key is not null && await LastsAsync(key)));
                }
            }
            last = rows.Count > 0 ? rows[^1].Member : null;
        }
        while (rows.Count == BatchSize && !(goes && stays));
        return !goes ? AdministratorRows.None
            : stays ? AdministratorRows.Next(turn.Count > 0 ? turn[0] : null, ports.Ids.Next())
            : new AuthzError(ErrorCode.SystemRoleProtected,
                "nobody else holds `super_admin` of `system` directly, without end, scope or condition; give it to another first");
    }

    /// <summary>Whether a commit was refused because another stopped being one meanwhile.</summary>
    public async ValueTask<bool> HasLostAsync(AdministratorRows rows) =>
        rows != AdministratorRows.None && await ports.Store.ReadIndexAsync(TenantId.System, IndexNames.AdministratorTurns, "", null, 1) is var turn
        && (turn.Count > 0 ? turn[0].Member : null) != rows.Before;

    private async ValueTask<ApiKeyState?> ReadKeyAsync(SubjectId subject)
    {
        var key = new ApiKeyId(subject.Id);
        return IsOfKey(subject) && await ports.Store.ReadAsync(ActorKey.Of(key)) is { } stored
            ? ports.Decode(ActorKey.Of(key), () => ApiKeyCodec.Decode(stored.State)) : null;
    }

    // Nobody comes as such a one but by its key: where there is none, it administers nothing.
    private static bool IsOfKey(SubjectId subject) => new ApiKeyId(subject.Id).Subject == subject;

    // A key ends with the tenant that it was made in; what is left of one that is being removed is no state.
    private async ValueTask<bool> LastsAsync(ApiKeyState state) =>
        state is { Stage: ApiKeyStage.Active, Key: { ExpiresAt: null, NarrowedTo: null } key } && key.Tenants.Contains(TenantId.System)
        && (key.Owner == TenantId.System || await ports.Store.ReadAsync(ActorKey.Of(key.Owner)) is { State.Length: > 0 });
}
