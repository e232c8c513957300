using System.Globalization;
using System.Text;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Errors;

namespace AuthzCluster.Domain.Policies.Expressions;

/// <summary>Cuts a text into tokens, from left to right.</summary>
internal sealed class ExpressionLexer(string text)
{
    private static readonly string[] Words = ["and", "or", "not", "in", "contains", "starts_with", "ends_with", "now", "true", "false", "null"];
    private static readonly string[] Signs = ["!=", "<=", ">=", "=", "<", ">", "(", ")", "[", "]", ","];

    // What other languages write.
    private static readonly (string Sign, string Instead)[] Foreign =
        [("==", "="), ("<>", "!="), ("=>", ">="), ("=<", "<="), ("&&", "and"), ("||", "or")];

    private int _at;

    /// <summary>The next token; the end again and again after the last.</summary>
    public ExpressionToken Next()
    {
        while (_at < text.Length && text[_at] is ' ' or '\t' or '\r' or '\n')
        {
            _at++;
        }
        return _at == text.Length ? new(ExpressionTokenKind.End, _at + 1, "") : text[_at] switch
        {
            '\'' or '"' => TakeString(),
            '`' => TakeQuoted(),
            '-' => TakeNumber(),
            var c when char.IsAsciiDigit(c) => TakeNumber(),
            var c when char.IsLetter(c) || c == '_' => TakeName(),
            _ => TakeSign(),
        };
    }

    private static ExpressionException Wrong(int at, string problem) => new(at + 1, problem);

    private ExpressionToken TakeSign()
    {
        var rest = text.AsSpan(_at);
        foreach (var (foreign, instead) in Foreign)
        {
            if (rest.StartsWith(foreign))
            {
                throw Wrong(_at, $"`{foreign}` is written `{instead}`");
            }
        }
        foreach (var sign in Signs)
        {
            if (rest.StartsWith(sign))
            {
                return Taken(ExpressionTokenKind.Sign, sign.Length);
            }
        }
        if (rest[0] == '!')
        {
            throw Wrong(_at, "`!` is written `not`");
        }
        var rune = Rune.GetRuneAt(text, _at);
        throw Wrong(_at, $"{(Rune.IsControl(rune) || Rune.IsWhiteSpace(rune) ? $"U+{rune.Value:X4}" : $"`{rune}`")} is no part of an expression");
    }

    private ExpressionToken TakeName()
    {
        var end = _at;
        while (end < text.Length && IsOfName(text[end]))
        {
            end++;
            if (end < text.Length && text[end] == '.' && (++end == text.Length || !IsOfName(text[end])))
            {
                throw Wrong(end, "expected a name after the dot");
            }
        }
        var first = text.AsSpan(_at..end);
        var dot = first.IndexOf('.');
        first = dot < 0 ? first : first[..dot];
        var word = Array.Find(Words, first.ToString().ToLowerInvariant().Equals);
        if (word is not null && first.SequenceEqual(word) && dot >= 0)
        {
            throw Wrong(_at, $"`{word}` is a word of the language: the path is written `context.{text[_at..end]}`");
        }
        if (word is not null && !first.SequenceEqual(word) && dot < 0)
        {
            throw Wrong(_at, $"`{first}` is written `{word}`, in lower case");
        }
        return word is null || dot >= 0 ? Taken(ExpressionTokenKind.Name, end - _at) : word switch
        {
            "true" => Taken(ExpressionTokenKind.Literal, word.Length, AttributeValue.Of(true)),
            "false" => Taken(ExpressionTokenKind.Literal, word.Length, AttributeValue.Of(false)),
            "null" => Taken(ExpressionTokenKind.Literal, word.Length, AttributeValue.Null),
            _ => Taken(ExpressionTokenKind.Word, word.Length),
        };
    }

    private ExpressionToken TakeQuoted()
    {
        var end = text.IndexOf('`', _at + 1);
        if (end < 0)
        {
            throw Wrong(_at, "the path in back quotes does not end");
        }
        var token = new ExpressionToken(ExpressionTokenKind.Quoted, _at + 1, text[(_at + 1)..end]);
        _at = end + 1;
        return token;
    }

    // As JSON writes them.
    private ExpressionToken TakeNumber()
    {
        var end = text[_at] == '-' ? _at + 1 : _at;
        var whole = end;
        TakeDigits(ref end);
        if (text[whole] == '0' && end > whole + 1)
        {
            throw Wrong(whole, "a number starts with no needless 0");
        }
        if (end < text.Length && text[end] == '.')
        {
            end++;
            TakeDigits(ref end);
        }
        if (end < text.Length && text[end] is 'e' or 'E')
        {
            end += end + 1 < text.Length && text[end + 1] is '+' or '-' ? 2 : 1;
            TakeDigits(ref end);
        }
        if (end < text.Length && (IsOfName(text[end]) || text[end] == '.'))
        {
            throw Wrong(end, $"a number is followed by `{text[end]}`");
        }
        return AttributeValue.TryParseNumber(text[_at..end], out var value)
            ? Taken(ExpressionTokenKind.Literal, end - _at, value)
            : throw Wrong(_at, "the number is too large");
    }

    private void TakeDigits(ref int end)
    {
        var start = end;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }
        if (end == start)
        {
            throw Wrong(start, "expected a digit");
        }
    }

    private ExpressionToken TakeString()
    {
        var value = new StringBuilder();
        for (var end = _at + 1; end < text.Length; end++)
        {
            if (text[end] == text[_at])
            {
                return TextRules.IsValid(value.ToString())
                    ? Taken(ExpressionTokenKind.Literal, end + 1 - _at, AttributeValue.Of(value.ToString()))
                    : throw Wrong(_at, "the string must be valid Unicode");
            }
            value.Append(text[end] == '\\' ? TakeEscaped(ref end) : text[end]);
        }
        throw Wrong(_at, "the string does not end");
    }

    // Leaves `at` at the last character of it.
    private char TakeEscaped(ref int at)
    {
        var escape = at++;
        switch (at < text.Length ? text[at] : '\0')
        {
            case var c and ('\\' or '\'' or '"'):
                return c;
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'u' when at + 4 < text.Length && ushort.TryParse(text.AsSpan(at + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code):
                at += 4;
                return (char)code;
            default:
                throw Wrong(escape, @"after a backslash stands one of \ ' "" n r t, or u and four hexadecimal digits");
        }
    }

    private static bool IsOfName(char c) => char.IsLetterOrDigit(c) || c is '_' or '-';

    private ExpressionToken Taken(ExpressionTokenKind kind, int length, AttributeValue value = default)
    {
        var token = new ExpressionToken(kind, _at + 1, text.Substring(_at, length), value);
        _at += length;
        return token;
    }
}
