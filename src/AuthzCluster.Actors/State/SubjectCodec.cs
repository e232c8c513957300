using System.Collections.Immutable;
using AuthzCluster.Domain.Assignments;

namespace AuthzCluster.Actors.State;

/// <summary>
/// What a subject holds as stored bytes: a version, then blocks (revision and teams; live; history). Not compressed:
/// an assignment takes about a hundred bytes. The bytes of a version stay readable for ever.
/// </summary>
public static class SubjectCodec
{
    private const byte Version = 1;

    /// <summary>The stored form.</summary>
    public static byte[] Encode(SubjectAssignments state)
    {
        var (all, block) = (new StateWriter(), new StateWriter());
        all.Byte(Version);
        block.Number(state.Revision);
        block.Number(state.Teams.Length);
        foreach (var team in state.Teams)
        {
            block.Text(team);
        }
        all.Block(block);
        foreach (var assignments in (ReadOnlySpan<ImmutableArray<Assignment>>)[state.Live, state.History])
        {
            block.Clear();
            AssignmentCodec.Write(block, assignments);
            all.Block(block);
        }
        return all.Written.ToArray();
    }

    /// <summary>Reads the stored form; throws <see cref="StateFormatException"/> where it cannot.</summary>
    public static SubjectAssignments Decode(ReadOnlySpan<byte> bytes)
    {
        var all = new StateReader(bytes);
        var version = all.Byte();
        if (version != Version)
        {
            throw new StateFormatException($"a subject's state has format {version}; this version of the software reads format {Version}");
        }
        var head = all.Block();
        var live = all.Block();
        var history = all.Block();
        var revision = head.Int64();
        var teams = new string[head.Count()];
        for (var i = 0; i < teams.Length; i++)
        {
            teams[i] = head.Text();
        }
        return new SubjectAssignments
        {
            Revision = revision,
            Teams = [.. teams],
            Live = AssignmentCodec.Read(ref live),
            History = AssignmentCodec.Read(ref history),
        };
    }
}
