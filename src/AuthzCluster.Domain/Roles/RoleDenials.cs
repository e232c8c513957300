using System.Collections.Immutable;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Policies;

namespace AuthzCluster.Domain.Roles;

/// <summary>
/// The policies that may deny what a role gives, by whom they are about. Which other roles and teams somebody has is not known here: what is about any of these
/// may be about everybody.
/// </summary>
public sealed class RoleDenials
{
    private const string TeamText = "team:", RoleText = CompiledRole.PrincipalType;

    // Most name subjects: those are looked up.
    private readonly ILookup<string, int> _named;
    private readonly (int Place, ImmutableArray<PolicyPattern> About)[] _others;
    private readonly IReadOnlyList<RoleDenial> _all;
    private readonly HashSet<Permission>[] _permissions;

    /// <summary>Of these.</summary>
    public RoleDenials(IReadOnlyList<RoleDenial> all)
    {
        _all = all;
        _permissions = [.. all.Select(denial => denial.Permissions.ToHashSet())];
        var about = all.Select((denial, i) => (Place: i, About: denial.Principals.Select(PolicyPattern.OfPrincipal).ToImmutableArray())).ToArray();
        _named = about.Where(one => IsOfSubjects(one.About)).SelectMany(one => one.About, (one, pattern) => (one.Place, pattern.Text)).ToLookup(one => one.Text, one => one.Place, StringComparer.Ordinal);
        _others = Array.FindAll(about, one => !IsOfSubjects(one.About));
    }

    /// <summary>The ids of those that may deny somebody a permission, in the order in which they are asked.</summary>
    public ImmutableArray<string> Of(SubjectId subject, Permission permission)
    {
        if (_all.Count == 0)
        {
            return [];
        }
        var text = subject.ToString();
        var about = _named[text].Concat(_others.Where(one => one.About.IsEmpty || one.About.Any(pattern => MayBeAbout(pattern, text))).Select(one => one.Place));
        return [.. about.Where(place => _permissions[place].Contains(permission)).Distinct().Order().Select(place => _all[place].Policy)];
    }

    private static bool IsOfSubjects(ImmutableArray<PolicyPattern> about) =>
        !about.IsEmpty && about.All(pattern => pattern.Kind == PolicyPattern.Form.Exact && !IsOfOthers(pattern.Text));

    private static bool MayBeAbout(PolicyPattern pattern, string subject) =>
        pattern.Matches(subject) || pattern.Kind == PolicyPattern.Form.Suffix || IsOfOthers(pattern.Text)
        || (pattern.Kind == PolicyPattern.Form.Prefix && (TeamText.StartsWith(pattern.Text, StringComparison.Ordinal) || RoleText.StartsWith(pattern.Text, StringComparison.Ordinal)));

    private static bool IsOfOthers(string text) => text.StartsWith(TeamText, StringComparison.Ordinal) || text.StartsWith(RoleText, StringComparison.Ordinal);
}
