using AuthzCluster.Actors.Finality;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Actors.Writers;
using AuthzCluster.Benchmarks.Engine;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Entities;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Benchmarks.Hosting;

/// <summary>An answer from memory under a lease that is looked at, beside one under the lease of a node that is alone: no message, no grain.</summary>
public static class LeaseBench
{
    private const int Calls = 2_000_000, Turns = 2;

    /// <summary>Runs it.</summary>
    public static Task RunAsync(BenchReport report)
    {
        var lease = new NodeLease(Guid.Empty, TimeProvider.System);
        lease.ExtendTo(long.MaxValue);
        var (alone, leased) = (double.MaxValue, double.MaxValue);
        for (var turn = 0; turn < Turns; turn++)
        {
            leased = Math.Min(leased, Evaluate(lease));
            alone = Math.Min(alone, Evaluate(NodeLease.Always));
        }
        report.Add("evaluate from memory, on a node that is alone", alone, "ns");
        report.Add("evaluate from memory, under a lease", leased, "ns");
        report.Add("what the lease costs an evaluation", leased - alone, "ns");
        return Task.CompletedTask;
    }

    private static double Evaluate(NodeLease lease)
    {
        var subject = SubjectId.User("alice");
        var cells = new CellTable { Lease = lease };
        var own = new Cell<SubjectState>(ActorKey.Of(TenantId.Default, subject), cells);
        Put(own, SubjectState.Of(subject, new SubjectAssignments
        {
            Revision = 1,
            Live = [new Assignment { Id = "a", Role = new RoleId("role-7-4"), GrantedBy = "user:root" }],
        }, Domain.Policies.CustomConditions.None));
        var model = new Cell<CompiledTenant>(ActorKey.Of(TenantId.Default), cells);
        Put(model, CompiledTenant.Compile(BenchModels.Chains(chains: 200, depth: 5, permissions: 20)));
        var reader = new SubjectReader(TenantId.Default, own, new Replica(model), new NoEntities());
        var question = new AccessRequest { Subject = subject, Permission = Permission.Parse("res7.1:act3") };
        var now = DateTimeOffset.UtcNow;
        return Measure.PerCall(
            count =>
            {
                for (var i = 0; i < count; i++)
                {
                    if (reader.EvaluateAsync(question, now) is not { IsCompletedSuccessfully: true, Result: { IsOk: true, Value.IsAllowed: true } })
                    {
                        throw new InvalidOperationException("it is not allowed from memory");
                    }
                }
            },
            Calls).Nanoseconds;
    }

    private static void Put<T>(Cell<T> cell, T value)
        where T : class
    {
        if (!cell.TryTake(cell.Begin(), value, revision: 1))
        {
            throw new InvalidOperationException($"{cell.Key} was not taken");
        }
    }

    private sealed class Replica(Cell<CompiledTenant> cell) : ITenantReplica
    {
        public CompiledTenant? Current => cell.Current;

        public ValueTask<CompiledTenant?> LoadAsync() => cell.LoadAsync();
    }

    private sealed class NoEntities : IEntityReplicas
    {
        public IEntityReplica Of(TenantId tenant, EntityId entity) => throw new InvalidOperationException($"{entity} is not asked for");
    }
}
