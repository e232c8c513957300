using AuthzCluster.Domain.Assignments;
using AuthzCluster.Specification.Administration;

namespace AuthzCluster.Specification.Oracles;

/// <summary>An API key.</summary>
/// <param name="Label">By which a case knows it.</param>
/// <param name="NarrowedTo">It does only what these cover too; null: no limit.</param>
public sealed record OracleKey(string Label, IReadOnlyList<string>? NarrowedTo)
{
    /// <summary>Whom it speaks for.</summary>
    public SubjectId Subject => IssuedKeys.Named(Label);
}
