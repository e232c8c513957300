using AuthzCluster.Domain.Attributes;

namespace AuthzCluster.Domain.Policies.Expressions;

/// <summary>A piece of an expression.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Position">Where it starts; the first character of the text is 1.</param>
/// <param name="Text">As it is written; of a quoted path what is between the quotes.</param>
/// <param name="Value">Of a literal: what it says.</param>
internal readonly record struct ExpressionToken(ExpressionTokenKind Kind, int Position, string Text, AttributeValue Value = default)
{
    private const int MostShown = 40;

    /// <summary>How an error speaks of it.</summary>
    public override string ToString() => Kind switch
    {
        ExpressionTokenKind.End => "the end",
        _ when Text.Length <= MostShown => $"`{Text}`",
        // Never half of a surrogate pair.
        _ => $"`{Text[..(char.IsHighSurrogate(Text[MostShown - 1]) ? MostShown - 1 : MostShown)]}...`",
    };

    /// <summary>Whether it is this word or sign.</summary>
    public bool Is(string text) => Kind is ExpressionTokenKind.Word or ExpressionTokenKind.Sign && Text == text;
}
