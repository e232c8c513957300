namespace AuthzCluster.Actors.Storage;

/// <summary>Something that an audit record can be found by.</summary>
/// <param name="Type">Its kind: that of a subject, <c>team</c>, <c>role</c>, ...</param>
/// <param name="Id">Its id.</param>
public readonly record struct AuditTarget(string Type, string Id);
