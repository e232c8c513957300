using System.Collections.Immutable;
using AuthzCluster.Actors.Finality;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Actors.Writers;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Finality.Tests;

/// <summary>
/// A decision takes grants, then the model, then looks at the grants again: alice is an editor, editors may not read; then alice is none any more, and
/// then editors may read. At no moment might she.
/// </summary>
public class MomentTests
{
    private static readonly TenantId Acme = new("acme");
    private static readonly SubjectId Alice = new("user", "alice");
    private static readonly RoleId Editor = new("editor");
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly AccessRequest Question = new() { Subject = Alice, Permission = Permission.Parse("docs:read") };

    private readonly SubjectCell _cell = new(new CellTable { Lease = NodeLease.Always });
    private readonly Replica _replica = new();

    [Fact]
    public async Task Decision_WhoseGrantsMovedBeforeItReadTheModel_IsMadeAgain()
    {
        _replica.BetweenReads = BothChange;
        var decision = await new SubjectReader(Acme, _cell, _replica, null!).EvaluateAsync(Question, Now);
        Assert.Equal((false, 0), (decision.Value.IsAllowed, _cell.Current!.Assignments.Live.Length));
    }

    [Fact]
    public void Decision_WithoutLookingAtTheGrantsAgain_IsOfNoMoment()
    {
        _replica.BetweenReads = BothChange;
        var held = _cell.Current!;
        var decision = DecisionEngine.Decide(_replica.Current!, held.Grants, Question, Now);
        Assert.True(decision.IsAllowed);
    }

    private void BothChange()
    {
        _cell.Store(SubjectAssignments.None);
        _replica.Model = Compiled(mayRead: true);
    }

    private static CompiledTenant Compiled(bool mayRead) => CompiledTenant.Compile(new TenantModel
    {
        Id = Acme,
        DisplayName = "Acme",
        Roles = ImmutableDictionary<RoleId, RoleDefinition>.Empty.Add(Editor, new RoleDefinition
        {
            Id = Editor, Name = "editor", DisplayName = "Editor", Permissions = mayRead ? [Permission.Parse("docs:read")] : [],
        }),
    });

    private sealed class SubjectCell : Cell<SubjectState>
    {
        private SubjectAssignments _stored = new() { Live = [new Assignment { Id = "1", Role = Editor, GrantedBy = "user/admin", GrantedAt = Now }] };
        private long _version = 1;

        public SubjectCell(CellTable table)
            : base(ActorKey.Of(Acme, Alice), table) => Read();

        public void Store(SubjectAssignments assignments)
        {
            (_stored, _version) = (assignments, _version + 1);
            Raise(_version);
        }

        public override ValueTask<SubjectState?> LoadAsync()
        {
            Read();
            return new(Current);
        }

        private void Read()
        {
            if (Current is null)
            {
                TryTake(Begin(), SubjectState.Of(Alice, _stored, Domain.Policies.CustomConditions.None), _version);
            }
        }
    }

    /// <summary>A copy of the model; the first time that it is read something happens before.</summary>
    private sealed class Replica : ITenantReplica
    {
        public Action? BetweenReads { get; set; }

        public CompiledTenant Model { get; set; } = Compiled(mayRead: false);

        public CompiledTenant? Current
        {
            get
            {
                var happens = BetweenReads;
                BetweenReads = null;
                happens?.Invoke();
                return Model;
            }
        }

        public ValueTask<CompiledTenant?> LoadAsync() => new(Current);
    }
}
