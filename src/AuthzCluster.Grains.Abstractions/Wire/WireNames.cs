using AuthzCluster.Actors.Views;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Errors;
using Orleans.Serialization.Configuration;

namespace AuthzCluster.Grains.Abstractions.Wire;

/// <summary>
/// What types of ours are called in messages, where their place says not enough: names apart from those in the code, so that a type may
/// move, and numbers for what is answered most often.
/// </summary>
internal static class WireNames
{
    // Orleans has the low ones.
    private const uint FirstNumber = 100_000;

    /// <summary>Adds them to what the serializer knows.</summary>
    public static void AddTo(TypeManifestOptions types)
    {
        foreach (var (name, type) in ContractTypes.All)
        {
            if (!type.IsGenericType)
            {
                types.WellKnownTypeAliases[$"authz.{name}"] = type;
            }
        }
        foreach (var type in new[] { typeof(Result<>), typeof(Page<>) })
        {
            types.WellKnownTypeAliases[$"authz.{type.Name}"] = type;
        }
        types.WellKnownTypeIds[FirstNumber] = typeof(Result<Decision>);
        types.WellKnownTypeIds[FirstNumber + 1] = typeof(Result<Decision>[]);
    }
}
