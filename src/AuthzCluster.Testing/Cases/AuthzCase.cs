using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Testing.Cases;

/// <summary>One case file, read: a model, who holds what, and what is asked. In the words of the public API, so that any host can run it.</summary>
/// <param name="Name">The file's path below <c>tests/Cases</c>, with <c>/</c>.</param>
public sealed record AuthzCase(string Name)
{
    /// <summary>The instant of a case that names none: so far off that no expiry in a case lies in a server's past.</summary>
    public static readonly DateTimeOffset DefaultNow = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>What <see cref="Requires"/> says of a case with attempts.</summary>
    public const string RequiresAttempts = "attempts";

    /// <summary>One sentence, or empty.</summary>
    public string Title { get; init; } = "";

    /// <summary>What a runner must be able to do besides: <c>suspend</c>; <c>attempts</c> where the case has some.</summary>
    public IReadOnlyList<string> Requires { get; init; } = [];

    /// <summary>The instant that checks ask about unless they name another.</summary>
    public DateTimeOffset Now { get; init; } = DefaultNow;

    /// <summary>The tenant's built-in packs.</summary>
    public IReadOnlyList<string> Packs { get; init; } = ["standard"];

    /// <summary>Custom roles, parents before children.</summary>
    public IReadOnlyList<RoleDraft> Roles { get; init; } = [];

    /// <summary>Policies of the tenant; those of roles are in <see cref="Roles"/>.</summary>
    public IReadOnlyList<PolicyDraft> Policies { get; init; } = [];

    /// <summary>Constraints, made before anything is given.</summary>
    public IReadOnlyList<ConstraintDraft> Constraints { get; init; } = [];

    /// <summary>Assignments of subjects and of teams, in the file's order.</summary>
    public IReadOnlyList<CaseAssignment> Assignments { get; init; } = [];

    /// <summary>Who is in which team.</summary>
    public IReadOnlyList<(SubjectId Member, string Team)> Memberships { get; init; } = [];

    /// <summary>What is stored of subjects and resources, in the file's order.</summary>
    public IReadOnlyList<CaseEntity> Entities { get; init; } = [];

    /// <summary>Who is a super_admin of <c>system</c>.</summary>
    public IReadOnlyList<SubjectId> Administrators { get; init; } = [];

    /// <summary>What is tried before anything is asked, in order; each leaves its effect.</summary>
    public IReadOnlyList<CaseAttempt> Attempts { get; init; } = [];

    /// <summary>What is asked, in order.</summary>
    public IReadOnlyList<CaseCheck> Checks { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => Name;
}
