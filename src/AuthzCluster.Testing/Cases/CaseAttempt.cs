using AuthzCluster.Domain.Assignments;

namespace AuthzCluster.Testing.Cases;

/// <summary>An attempt of a case to change something, and what must come of it.</summary>
/// <param name="Line">Where it stands in the file.</param>
/// <param name="By">Who tries.</param>
/// <param name="Act">What.</param>
/// <param name="Expect"><c>ok</c> or an error code.</param>
public sealed record CaseAttempt(int Line, SubjectId By, AdminAct Act, string Expect)
{
    /// <summary>What is expected of an attempt that succeeds.</summary>
    public const string Done = "ok";
}
