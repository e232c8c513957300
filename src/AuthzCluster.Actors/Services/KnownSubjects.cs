using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.State;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Actors.Writers;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Entities;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Services;

/// <summary>Looks up which users of an import are stored entities, where the tenant requires that they are.</summary>
internal static class KnownSubjects
{
    private const int AtOnce = 256;

    /// <summary>Those who are not; empty where the tenant does not ask. Read from storage: an import need not activate everybody.</summary>
    public static async Task<IReadOnlySet<SubjectId>> FindUnknownAsync(TenantModel model, IEnumerable<SubjectId> subjects, ActorPorts ports)
    {
        var unknown = new HashSet<SubjectId>();
        if (!model.RequiresKnownSubjects)
        {
            return unknown;
        }
        unknown.UnionWith(subjects.Where(subject => subject.Type == SubjectId.UserType));
        foreach (var chunk in unknown.ToArray().Chunk(AtOnce))
        {
            foreach (var state in await ports.Store.ReadManyAsync([.. chunk.Select(subject => ActorKey.Of(model.Id, EntityId.Of(subject)))]))
            {
                if (ports.Decode(state.Key, () => EntityCodec.Decode(state.State)).IsStored)
                {
                    unknown.Remove(new SubjectId(state.Key.Entity.Type, state.Key.Entity.Id));
                }
            }
        }
        return unknown;
    }
}
