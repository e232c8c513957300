using AuthzCluster.Domain.Attributes;

namespace AuthzCluster.Domain.Policies.JsonLogic;

/// <summary>A <c>missing</c> whose names are written in the rule: those of them that are absent, null or empty text.</summary>
internal sealed class LogicMissing : LogicNode
{
    private readonly AttributeValue[] _names;
    private readonly LogicPath[] _paths;

    private LogicMissing(AttributeValue[] names, LogicPath[] paths) => (_names, _paths) = (names, paths);

    /// <summary>Makes one; null where not every name is written as text.</summary>
    public static LogicMissing? OfWritten(LogicNode[] arguments)
    {
        var names = Array.ConvertAll(arguments, argument => (argument as LogicConstant)?.Written ?? default);
        if (names.Length == 1 && names[0].Kind == AttributeKind.List)
        {
            names = [.. names[0].AsList];
        }
        var paths = Array.ConvertAll(names, name => name.Kind == AttributeKind.String ? LogicPath.Named(name) : null);
        return Array.TrueForAll(paths, path => path is not null) ? new LogicMissing(names, paths!) : null;
    }

    /// <summary>Whether what was found counts as missing.</summary>
    public static bool IsMissing(AttributeValue found) => found.Kind switch
    {
        AttributeKind.Null => true,
        AttributeKind.String => found.AsString.Length == 0,
        _ => false,
    };

    /// <inheritdoc/>
    protected override AttributeValue Value(ref LogicRun run)
    {
        var missing = new List<AttributeValue>();
        for (var i = 0; i < _names.Length && run.Spend(1); i++)
        {
            _paths[i].TryFind(ref run, out var value);
            if (IsMissing(value))
            {
                missing.Add(_names[i]);
            }
        }
        return AttributeValue.Of([.. missing]);
    }
}
