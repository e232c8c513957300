using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Entities;

namespace AuthzCluster.Specification.Generation;

/// <summary>Stored entities: of some of those who ask and some of what is asked about, and of near misses of both.</summary>
internal sealed class EntityGenerator(Dice dice)
{
    // The resources of questions and of permissions, where the type is left out; and types of which nothing is stored as such.
    private static readonly string[] ResourceTypes = ["invoices", "projects", "authz.roles", "eu", "Invoices"];
    private static readonly string[] ResourceIds = ["1", "eu", "EU"];

    public Dictionary<EntityId, AttributeBag> Some()
    {
        var entities = new Dictionary<EntityId, AttributeBag>();
        if (dice.Chance(25))
        {
            return entities;
        }
        foreach (var subject in Alphabet.Subjects.Where(_ => dice.Chance(60)))
        {
            entities[EntityId.Of(subject)] = Alphabet.Bag(dice, 60, "region", "level", "customer_id");
        }
        foreach (var id in ResourceTypes.SelectMany(type => ResourceIds, (type, id) => new EntityId(type, id)).Where(_ => dice.Chance(65)))
        {
            entities[id] = Alphabet.Bag(dice, 60, "region", "level", "unit", "tags", "address", "customer_id", "team_id", "owner_id");
        }
        return entities;
    }
}
