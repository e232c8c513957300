namespace AuthzCluster.Http.Tests.Fuzz;

/// <summary>Texts that have broken services before.</summary>
internal static class OddTexts
{
    /// <summary>Ids and names.</summary>
    public static readonly string[] All =
    [
        "", " ", ".", "..", "...", "a|b", "a:b", "a#b", "a/b", "/", "//", "a+b", "a%b", "%", "%2F", "%252F", "a\\b", "..\\..\\x", "../../etc/passwd",
        "*", "a:*", "*:*", "a.*", "user:alice", "team:crew", "role_super_admin", "super_admin", "system", "default", "acme", "null", "true", "-1", "0", "1e9",
        "ä", "é", "e\u0301", "\u202Eevil", "\u200B", "\uFEFF", "\u0000", "\u0007", "\n", "a\r\nb", "\u0085", "\u2028", "\U0001F600", "\U0010FFFF", "İ", "ı", "ß", "ﬃ",
        "'; DROP TABLE roles;--", "\" OR 1=1", "<script>alert(1)</script>", "${jndi:ldap://x}", "{{7*7}}", "$(id)", "`id`", "${0}", "%s%n", "COM1", "a;b=c", "a,b", "a?b", "a&b=c", "A", "a", "a ", " a",
        new string('x', 256), new string('x', 257), new string('y', 5000), string.Concat(Enumerable.Repeat("\U0001F600", 256)),
    ];

    /// <summary>What stands in a path and is no text, or no id.</summary>
    public static readonly string[] BadSegments =
        ["%", "%4", "%zz", "%ff", "%c3", "%ED%A0%80", "%C0%AF", "%F4%90%80%80", "%0a", "%0d%0aX:%20y", "%7f", "%C2%85", ".", "..", "%2e", "%2E%2e", "%20", new string('x', 300), new string('x', 9000)];

    public static string Pick(Random random) => All[random.Next(All.Length)];

    /// <summary>As it may stand in a path: encoded once, twice, by halves, or not at all.</summary>
    public static string Encoded(Random random, string text)
    {
        var once = Uri.EscapeDataString(text);
        return random.Next(4) switch
        {
            0 => Uri.EscapeDataString(once),
            1 => once.Replace("%2F", "/", StringComparison.Ordinal).Replace("%3A", ":", StringComparison.Ordinal),
            2 => string.Concat(System.Text.Encoding.UTF8.GetBytes(text).Select(value => $"%{value:x2}")),
            _ => once,
        };
    }
}
