using AuthzCluster.Domain.Assignments;

namespace AuthzCluster.Specification.Administration;

/// <summary>
/// The keys that attempts have made. A case knows a key by its label, and by <c>key:LABEL</c> whom it speaks for; a host
/// chooses the id.
/// </summary>
public sealed class IssuedKeys
{
    /// <summary>The type of a subject that is named by the label of its key.</summary>
    public const string LabelType = "key";

    private readonly Dictionary<string, (string Id, string Token)> _keys = [];

    /// <summary>The labels of all of them.</summary>
    public IEnumerable<string> Labels => _keys.Keys;

    /// <summary>Whom the key of a label speaks for, in the words of cases.</summary>
    public static SubjectId Named(string label) => new(LabelType, label);

    /// <summary>A key was made, or has another token.</summary>
    public void Put(string label, string id, string token) => _keys[label] = (id, token);

    /// <summary>The id of a key; one that was not made has an id that no key has.</summary>
    public string IdOf(string label) => _keys.TryGetValue(label, out var key) ? key.Id : $"none-{label}";

    /// <summary>The token of whoever tries; null: it is no key.</summary>
    public string? TokenOf(SubjectId by) => by.Type == LabelType ? _keys[by.Id].Token : null;

    /// <summary>A subject as the host knows it.</summary>
    public SubjectId Real(SubjectId named) => named.Type == LabelType ? new SubjectId("service", IdOf(named.Id)) : named;
}
