namespace AuthzCluster.Domain.Policies.Expressions;

/// <summary>A text is no expression. Never leaves <see cref="Expression"/>.</summary>
internal sealed class ExpressionException(int position, string problem) : Exception($"character {position}: {problem}");
