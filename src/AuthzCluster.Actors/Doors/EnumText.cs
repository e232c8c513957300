using System.Text.Json;

namespace AuthzCluster.Actors.Doors;

/// <summary>Enumerations in snake_case: <c>WriterPro</c> is <c>writer_pro</c>.</summary>
public static class EnumText
{
    /// <summary>The text of a value.</summary>
    public static string Of<T>(T value) where T : struct, Enum => Names<T>.Texts[value];

    /// <summary>The value of a text; case matters.</summary>
    public static bool TryParse<T>(string text, out T value) where T : struct, Enum => Names<T>.Values.TryGetValue(text, out value);

    private static class Names<T> where T : struct, Enum
    {
        public static readonly Dictionary<T, string> Texts =
            Enum.GetValues<T>().ToDictionary(value => value, value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()));

        public static readonly Dictionary<string, T> Values = Texts.ToDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);
    }
}
