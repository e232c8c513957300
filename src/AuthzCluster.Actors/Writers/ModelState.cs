using AuthzCluster.Actors.State;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Policies;

namespace AuthzCluster.Actors.Writers;

/// <summary>What is stored of a tenant, as a node has it.</summary>
/// <param name="Compiled">The model; null: there is no such tenant.</param>
public sealed record ModelState(CompiledTenant? Compiled)
{
    internal ModelState(CompiledTenant compiled, EncodedModel encoded)
        : this(compiled) => Encoded = encoded;

    /// <summary>The model's stored form, where its writer made it; null: made by the next write.</summary>
    internal EncodedModel? Encoded { get; }

    /// <summary>That of no tenant.</summary>
    public static ModelState None { get; } = new(Compiled: null);

    /// <summary>That of a tenant until all else of it is gone.</summary>
    public static ModelState BeingRemoved { get; } = new(Compiled: null) { IsBeingRemoved = true };

    /// <summary>Whether it is being removed.</summary>
    public bool IsBeingRemoved { get; private init; }

    /// <summary>What stored bytes are; null: nothing is stored; none at all: being removed.</summary>
    public static ModelState Of(byte[]? state, CustomConditions custom) => state switch
    {
        null => None,
        { Length: 0 } => BeingRemoved,
        _ => new ModelState(CompiledTenant.Compile(TenantModelCodec.Decode(state) with { Custom = custom })),
    };
}
