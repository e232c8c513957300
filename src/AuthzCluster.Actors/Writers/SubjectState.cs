using AuthzCluster.Actors.State;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Policies;

namespace AuthzCluster.Actors.Writers;

/// <summary>What is stored of a subject, as a node has it.</summary>
/// <param name="Assignments">What it holds.</param>
/// <param name="Grants">The same, as it is decided on.</param>
public sealed record SubjectState(SubjectAssignments Assignments, SubjectGrants Grants)
{
    /// <summary>What was committed.</summary>
    public static SubjectState Of(SubjectId subject, SubjectAssignments assignments, CustomConditions custom) =>
        new(assignments, SubjectGrants.Compile(subject, assignments, custom));

    /// <summary>What stored bytes are; null: nothing is stored. Its ids are those of <paramref name="model"/>, where it is in memory.</summary>
    public static SubjectState Of(SubjectId subject, byte[]? state, CompiledTenant? model, CustomConditions custom)
    {
        var read = state is null ? SubjectAssignments.None : SubjectCodec.Decode(state);
        return Of(subject, model is null ? read : read.With(model.Model.Catalog), custom);
    }
}
