namespace AuthzCluster.Domain.Assignments;

/// <summary>What a patch puts in a member's place; absent, the member stays. So that taking a value back and leaving it alone are two things.</summary>
/// <typeparam name="T">The member's type.</typeparam>
/// <param name="Value">The new value.</param>
public readonly record struct Replacement<T>(T Value);
