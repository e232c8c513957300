namespace AuthzCluster.Domain.Policies.Expressions;

/// <summary>What a token of an expression is.</summary>
internal enum ExpressionTokenKind : byte
{
    /// <summary>The end of the text.</summary>
    End,
    /// <summary>A path, or the name of a function.</summary>
    Name,
    /// <summary>A path in back quotes: never a function.</summary>
    Quoted,
    /// <summary>A string, a number, true, false or null.</summary>
    Literal,
    /// <summary>A word of the language, such as <c>and</c>.</summary>
    Word,
    /// <summary>A sign, such as <c>&lt;=</c>.</summary>
    Sign,
}
