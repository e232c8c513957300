using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Errors;

namespace AuthzCluster.Domain.Policies.JsonLogic;

/// <summary>Reads a rule as it is written, saying what is wrong with it and where. Validation and compilation are one reading.</summary>
internal sealed class LogicRules
{
    private const int Deepest = 32, MostNodes = 1000, LongestString = 4096;

    private static readonly LogicConstant Nothing = new(default);

    private readonly List<FieldError> _errors;
    private int _nodes;

    private LogicRules(List<FieldError> errors) => _errors = errors;

    /// <summary>Reads one; null where something is wrong, which is then in <paramref name="errors"/>.</summary>
    public static LogicNode? Read(AttributeValue rule, string path, List<FieldError> errors)
    {
        var before = errors.Count;
        var node = new LogicRules(errors).Read(rule, path, 1);
        return errors.Count == before ? node : null;
    }

    private LogicNode Read(AttributeValue value, string path, int depth)
    {
        if (++_nodes > MostNodes || depth > Deepest)
        {
            return _nodes > MostNodes + 1 ? Nothing : Refuse(path, depth > Deepest ? $"rules nest at most {Deepest} deep" : $"a rule has at most {MostNodes} values and operators");
        }
        return value.Kind switch
        {
            AttributeKind.String when value.AsString.Length > LongestString => Refuse(path, $"at most {LongestString} characters"),
            AttributeKind.List => ReadList(value, path, depth),
            AttributeKind.Object => ReadOperator(value.AsObject, path, depth),
            _ => new LogicConstant(value),
        };
    }

    private LogicNode ReadList(AttributeValue value, string path, int depth)
    {
        var items = ReadAll(value.AsList, path, depth);
        return Array.TrueForAll(items, item => item.IsConstant) ? new LogicConstant(value) : new LogicList(items);
    }

    private LogicNode ReadOperator(AttributeBag written, string path, int depth)
    {
        if (written.Count != 1)
        {
            return Refuse(path, "must be an operator and its arguments: an object of one member");
        }
        var (name, given) = written.First();
        if (!LogicOperator.Named.TryGetValue(name, out var known))
        {
            return Refuse($"{path}.{name}", "is no known operator");
        }
        path = $"{path}.{name}";
        var arguments = given.Kind == AttributeKind.List ? ReadAll(given.AsList, path, depth) : [Read(given, path, depth + 1)];
        if (arguments.Length < known.Least || arguments.Length > known.Most)
        {
            return Refuse(path, $"takes {Count(known)}, not {arguments.Length}");
        }
        return name switch
        {
            "var" when arguments.Length == 0 || arguments[0].IsConstant => ReadVariable(arguments, path),
            "missing" when LogicMissing.OfWritten(arguments) is { } missing => missing,
            _ => new LogicCall(known.Function, arguments),
        };
    }

    private LogicNode ReadVariable(LogicNode[] arguments, string path) =>
        LogicPath.Named(arguments.Length == 0 ? default : ((LogicConstant)arguments[0]).Written) is { } named
            ? new LogicVariable(named, arguments.Length > 1 ? arguments[1] : null)
            : Refuse(path, $"needs a dotted path of at most {LogicPath.Longest} characters");

    private LogicNode[] ReadAll(IReadOnlyList<AttributeValue> values, string path, int depth)
    {
        var nodes = new LogicNode[Math.Min(values.Count, MostNodes + 1)];
        for (var i = 0; i < nodes.Length; i++)
        {
            nodes[i] = Read(values[i], $"{path}[{i}]", depth + 1);
        }
        return nodes;
    }

    private static string Count(LogicOperator known) => known switch
    {
        { Most: int.MaxValue } => $"at least {known.Least} arguments",
        { Least: var least, Most: var most } when least == most => least == 1 ? "one argument" : $"{least} arguments",
        _ => $"{known.Least} to {known.Most} arguments",
    };

    private LogicConstant Refuse(string path, string message)
    {
        _errors.Add(new(path, message));
        return Nothing;
    }
}
