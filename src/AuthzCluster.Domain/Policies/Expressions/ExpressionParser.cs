using AuthzCluster.Domain.Attributes;

namespace AuthzCluster.Domain.Policies.Expressions;

/// <summary>Reads an expression, from left to right, with one token in hand. README.md has the grammar. Throws <see cref="ExpressionException"/>.</summary>
internal sealed class ExpressionParser
{
    private const int MostDepth = 32, MostTerms = 256, MostItems = 1000;

    private readonly ExpressionLexer _lexer;
    private ExpressionToken _token;
    private int _depth, _terms;

    private ExpressionParser(string text)
    {
        _lexer = new ExpressionLexer(text);
        _token = _lexer.Next();
    }

    /// <summary>Reads all of a text.</summary>
    public static ConditionNode Parse(string text)
    {
        var parser = new ExpressionParser(text);
        var at = parser._token.Position;
        var node = AsCondition(parser.Or(), at);
        return parser._token.Kind == ExpressionTokenKind.End ? node : throw parser.Unexpected("an operator or the end");
    }

    private ExpressionNode Or() => Joined("or", Truth.True, And);

    private ExpressionNode And() => Joined("and", Truth.False, Not);

    private ExpressionNode Joined(string word, Truth deciding, Func<ExpressionNode> next)
    {
        var at = _token.Position;
        var first = next();
        if (!_token.Is(word))
        {
            return first;
        }
        var parts = new List<ConditionNode> { AsCondition(first, at) };
        while (TryTake(word))
        {
            at = _token.Position;
            parts.Add(AsCondition(next(), at));
        }
        return new JoinedNode(deciding, [.. parts]);
    }

    private ExpressionNode Not()
    {
        if (!_token.Is("not"))
        {
            return Comparison();
        }
        Enter();
        var at = _token.Position;
        var node = new NotNode(AsCondition(Not(), at));
        _depth--;
        return node;
    }

    private ExpressionNode Comparison()
    {
        var leftAt = _token.Position;
        var left = Operand();
        if (!ExpressionOperators.IsOne(_token))
        {
            return left;
        }
        var op = Take().Text;
        if (op == "not")
        {
            op = TryTake("in") ? "not in" : throw Unexpected("`in` after `not`");
        }
        var rightAt = _token.Position;
        var node = ExpressionOperators.Compare(op, left, leftAt, Operand(), rightAt);
        return ExpressionOperators.IsOne(_token)
            ? throw new ExpressionException(_token.Position, $"comparisons do not chain: join two by `and`, not by {_token}")
            : node;
    }

    private ExpressionNode Operand()
    {
        if (_token.Is("("))
        {
            Enter();
            var node = Or();
            Leave(")");
            return node;
        }
        if (++_terms > MostTerms)
        {
            throw new ExpressionException(_token.Position, $"at most {MostTerms} terms");
        }
        switch (_token.Kind)
        {
            case ExpressionTokenKind.Literal:
                return new ConstantNode(Take().Value);
            case ExpressionTokenKind.Quoted:
                return new PathNode(Path(Take()));
            case ExpressionTokenKind.Name:
                var name = Take();
                return _token.Is("(") ? Call(name) : new PathNode(Path(name));
            case var _ when _token.Is("["):
                return new ConstantNode(List());
            case var _ when _token.Is("now"):
                Take();
                return new NowNode();
            default:
                throw Unexpected("a value");
        }
    }

    private AttributeValue List()
    {
        Enter();
        var items = new List<AttributeValue>();
        while (!_token.Is("]"))
        {
            if (items.Count > 0 && !TryTake(","))
            {
                throw Unexpected("`,` or `]`");
            }
            if (items.Count == MostItems)
            {
                throw new ExpressionException(_token.Position, $"at most {MostItems} items");
            }
            items.Add(_token.Is("[") ? List() : _token.Kind == ExpressionTokenKind.Literal ? Take().Value : throw Unexpected("a literal: lists hold nothing else"));
        }
        Leave("]");
        return AttributeValue.Of([.. items]);
    }

    private ExpressionNode Call(ExpressionToken name)
    {
        Enter();
        var at = _token.Position;
        var node = name.Text == "exists" ? new ExistsNode(_token.Kind is ExpressionTokenKind.Name or ExpressionTokenKind.Quoted ? Path(Take()) : throw Unexpected("a path"))
            : ExpressionFunctions.Call(name, Or, at);
        Leave(")");
        return node;
    }

    private static AttributePath Path(ExpressionToken token) => AttributePath.Parse(token.Text)
        ?? throw new ExpressionException(token.Position, $"{token} is no path such as `resource.region`");

    private static ConditionNode AsCondition(ExpressionNode node, int at) => node switch
    {
        ConditionNode condition => condition,
        ValueNode { Kind: null or AttributeKind.Boolean } value => new TruthNode(value),
        ValueNode { Kind: { } kind } => throw new ExpressionException(at, $"expected a condition, not {ExpressionOperators.Describe(kind)}"),
        _ => throw new ExpressionException(at, "expected a condition, not an instant"),
    };

    // Takes what opens something.
    private void Enter()
    {
        if (++_depth > MostDepth)
        {
            throw new ExpressionException(_token.Position, $"at most {MostDepth} deep");
        }
        Take();
    }

    private void Leave(string closing)
    {
        if (!TryTake(closing))
        {
            throw Unexpected($"`{closing}`");
        }
        _depth--;
    }

    private ExpressionToken Take()
    {
        var taken = _token;
        _token = _lexer.Next();
        return taken;
    }

    private bool TryTake(string text)
    {
        var isIt = _token.Is(text);
        if (isIt)
        {
            Take();
        }
        return isIt;
    }

    private ExpressionException Unexpected(string expected) => new(_token.Position, $"expected {expected}, not {_token}");
}
