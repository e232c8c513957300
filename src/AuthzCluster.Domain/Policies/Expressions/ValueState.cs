namespace AuthzCluster.Domain.Policies.Expressions;

/// <summary>What became of a value when it was asked for.</summary>
internal enum ValueState : byte
{
    /// <summary>It is there.</summary>
    Present,
    /// <summary>What it is read from is absent.</summary>
    Absent,
    /// <summary>A function was given what it does not take.</summary>
    Error,
}
