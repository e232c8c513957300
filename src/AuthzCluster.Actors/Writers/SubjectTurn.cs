using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.State;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Entities;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Writers;

/// <summary>The changes of one turn of a subject's writer, gathered for one commit. It begins with what time does: ends, reminders, retention.</summary>
internal sealed class SubjectTurn
{
    private readonly TenantId _tenant;
    private readonly ActorPorts _ports;
    private readonly SubjectAssignments _before;
    private readonly List<OutboxRow> _outbox = [];
    private readonly HashSet<IndexRow> _requires = [], _vacant = [];

    private readonly SubjectId _subject;
    private readonly Upkeep _upkeep;
    private bool _needsEntity;

    public SubjectTurn(TenantId tenant, SubjectId subject, SubjectAssignments before, Upkeep upkeep, ActorPorts ports)
    {
        (_tenant, _subject, _before, _upkeep, _ports) = (tenant, subject, before, upkeep, ports);
        Now = ports.Now();
        State = before;
        if (SubjectEditor.Expire(before, subject, Now) is { IsNoOp: false } expired)
        {
            Take(expired, Caller.System(ports.Ids.Next()));
        }
        if (upkeep.IsAny)
        {
            Take(SubjectEditor.Keep(State, subject, upkeep, Now), Caller.System(ports.Ids.Next()));
        }
    }

    public DateTimeOffset Now { get; }

    public SubjectAssignments State { get; private set; }

    public bool HasChanges => !ReferenceEquals(State, _before);

    public void Take(SubjectChange change, Caller caller)
    {
        if (change.IsNoOp)
        {
            return;
        }
        State = change.State;
        foreach (var entry in change.Audit)
        {
            Tell(entry, caller);
        }
    }

    /// <summary>The commit will need that the role takes assignments, under the constraints of this model.</summary>
    public void Require(TenantModel model, RoleId role) => _requires.Add(IndexRows.Assignable(_tenant, role, SeparationMarks.Of(model, role)));

    /// <summary>The commit will need that the team counts as it does in this model.</summary>
    public void Require(TenantModel model, string team)
    {
        if (SeparationMarks.Of(model, team) is { } mark)
        {
            _requires.Add(IndexRows.ConstrainedTeam(_tenant, team, mark));
        }
        else
        {
            _vacant.Add(IndexRows.ConstrainedTeam(_tenant, team, "") with { At = Now });
        }
    }

    /// <summary>The commit will need that the subject is a stored entity.</summary>
    public void RequireEntity() => _needsEntity = true;

    /// <summary>All of it. <paramref name="realign"/>: when something is due was written by other settings.</summary>
    public Commit ToCommit(ActorKey key, bool realign = false)
    {
        var (adds, removes) = SubjectRows.Delta(_tenant, key, _before, State, _upkeep, realign || _upkeep.IsAny);
        return new Commit(key, 0, SubjectCodec.Encode(State))
        {
            Adds = adds,
            Removes = removes,
            Requires =
            [
                IndexRows.OfTenant(_tenant), .. _requires,
                .. _needsEntity ? [IndexRows.Entity(_tenant, EntityId.Of(_subject))] : Array.Empty<IndexRow>(),
            ],
            Vacant = [.. _vacant],
            Outbox = _outbox,
        };
    }

    private void Tell(AuditEntry entry, Caller caller) =>
        _outbox.Add(new OutboxRow(_tenant, AuditCodec.EncodePending(entry, _ports.Ids.Next(), Now, caller)));
}
