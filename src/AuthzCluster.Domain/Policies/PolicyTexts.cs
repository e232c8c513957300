using AuthzCluster.Domain.Permissions;

namespace AuthzCluster.Domain.Policies;

/// <summary>
/// What patterns of resources are matched against: <c>resource:action:scope</c>, of which <c>resource</c> and
/// <c>resource:action</c> are the beginnings. A scope that was left out is <c>*</c>.
/// </summary>
internal readonly ref struct PolicyTexts
{
    /// <summary>Room that most questions have enough of, in characters.</summary>
    public const int UsualRoom = 320;

    private const int LongestScope = 8;

    private PolicyTexts(ReadOnlySpan<char> full, ReadOnlySpan<int> lengths)
    {
        Full = full;
        Lengths = lengths;
    }

    /// <summary>All of it.</summary>
    public ReadOnlySpan<char> Full { get; }

    /// <summary>The lengths of the three texts, the shortest first.</summary>
    public ReadOnlySpan<int> Lengths { get; }

    /// <summary>Writes them.</summary>
    /// <param name="asked">The question's.</param>
    /// <param name="room">Where to; too small a one is not used.</param>
    /// <param name="lengths">Room for three.</param>
    public static PolicyTexts Of(Permission asked, Span<char> room, Span<int> lengths)
    {
        var (resource, action, scope) = (asked.Resource, asked.Action, PermissionGrammar.ScopeText(asked.Scope));
        var most = resource.Length + action.Length + LongestScope + 2;
        room = most <= room.Length ? room : new char[most];
        resource.CopyTo(room);
        lengths[0] = resource.Length;
        room[lengths[0]] = ':';
        action.CopyTo(room[(lengths[0] + 1)..]);
        lengths[1] = lengths[0] + 1 + action.Length;
        room[lengths[1]] = ':';
        scope.CopyTo(room[(lengths[1] + 1)..]);
        lengths[2] = lengths[1] + 1 + scope.Length;
        return new PolicyTexts(room[..lengths[2]], lengths[..3]);
    }
}
