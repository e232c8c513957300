using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Permissions;

namespace AuthzCluster.Actors.Ports;

/// <summary>On whose behalf something is done, and what its credential says besides who it is.</summary>
/// <param name="Principal">Who.</param>
/// <param name="RequestId">The request, for the audit.</param>
public sealed record Caller(SubjectId Principal, string RequestId)
{
    /// <summary>The credential does only what these cover too; null: it is not limited.</summary>
    public IReadOnlyList<Permission>? NarrowedTo { get; init; }

    /// <summary>Whether the credential is valid in <c>system</c>, so that being a super_admin there counts everywhere.</summary>
    public bool ReachesSystem { get; init; }

    /// <summary>Whether its rights are beyond question: the service itself, or a step of what was judged when it began. Never set from a request.</summary>
    public bool IsTrusted { get; init; }

    /// <summary>
    /// The right to what is done as a whole, where it stands for that to each thing it writes: an import, the making of an API
    /// key. Null: each thing is asked for by itself. What is given is judged in both cases.
    /// </summary>
    public Permission? Under { get; init; }

    /// <summary>
    /// The request that a write of this caller does, kept with it, so that it is done once; null: nobody will repeat it. Passed on
    /// to the one write that decides, never to the steps before it.
    /// </summary>
    public RequestKey? Request { get; init; }

    /// <summary>
    /// The request that a write of this caller is a part of: once that was answered it is not done any more, since then it is a copy that comes late.
    /// Null: of none, or it does the request itself.
    /// </summary>
    public RequestKey? PartOf { get; init; }

    /// <summary>The right that a write of this caller needs.</summary>
    public Permission RightTo(Permission usual) => Under ?? usual;

    /// <summary>The caller of what time does: expiries and the like.</summary>
    public static Caller System(string requestId) => new(new SubjectId("system", "authz"), requestId) { IsTrusted = true };

    /// <summary>The same, for the next steps of what was judged when it began.</summary>
    public Caller Trusted() => IsTrusted && Request is null ? this : this with { IsTrusted = true, Request = null };

    /// <summary>The same, for a step on the way: by it alone the request is not done.</summary>
    public Caller AsStep() => Request is null ? this : this with { Request = null };

    /// <summary>The same, for a step that is not to be done any more once the request was answered.</summary>
    public Caller AsPart() => Request is null ? this : this with { Request = null, PartOf = Request };

    /// <summary>The same, for the part of that name, which is done at most once.</summary>
    public Caller AsPart(int name) => PartOf is null ? this : this with { Request = PartOf.OfPart(name) };
}
