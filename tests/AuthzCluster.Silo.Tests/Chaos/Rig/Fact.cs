using AuthzCluster.Client;
using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Silo.Tests.Chaos.Rig;

/// <summary>Something that is so or not. One writer alone changes it, one write at a time, and it alone decides the answer to its questions.</summary>
/// <param name="kind">What sort of change it is.</param>
/// <param name="name">Unique among all facts; every audit record of its changes has it in it, and no other record.</param>
internal abstract class Fact(string kind, string name)
{
    /// <summary>The tenant of all facts.</summary>
    public const string Tenant = "rig";

    private const string Prefix = "fact-";
    private const int Digits = 4;

    public string Kind => kind;

    public string Name => name;

    /// <summary>What was written, and when.</summary>
    public FactHistory History { get; } = new();

    /// <summary>Who may be asked about: the answers are the same.</summary>
    public virtual IReadOnlyList<string> Subjects => [name];

    /// <summary>The permission that is asked for.</summary>
    public abstract string Permission { get; }

    /// <summary>What it is asked about.</summary>
    public virtual AccessResource? Resource => null;

    /// <summary>Whether a write that makes it not so may be sent twice, as two: the second finds nothing to do, and says 404.</summary>
    public virtual bool CanBeEndedTwice => false;

    /// <summary>A name that no other fact has.</summary>
    public static string NameOf(int number) => Prefix + number.ToString($"d{Digits}", null);

    /// <summary>The fact that an audit record's text is about; null: none.</summary>
    public static string? NameIn(string text) =>
        text.IndexOf(Prefix, StringComparison.Ordinal) is >= 0 and var at ? text.Substring(at, Prefix.Length + Digits) : null;

    /// <summary>Makes what it needs; it is not so afterwards.</summary>
    public abstract Task PrepareAsync(ApiClient api);

    /// <summary>The request that makes it so, or not.</summary>
    public abstract (string Method, string Path, object? Body) Request(bool isSo);

    /// <summary>The same by way of Orleans; null: that client cannot.</summary>
    public virtual Func<IRoleService, string, Task>? OverOrleans(bool isSo) => null;

    /// <summary>Whether it is so, from what is administered.</summary>
    public abstract Task<bool> ReadAsync(ApiClient api);

    protected static async Task RoleAsync(ApiClient api, string id, params string[] permissions) =>
        (await api.PostAsync("/api/v1/roles", new { id, name = id, permissions })).Is(201);

    protected static async Task AssignAsync(ApiClient api, string role, object assignment) =>
        (await api.PostAsync($"/api/v1/roles/{role}/assign", assignment)).Is(200);
}
