using AuthzCluster.Domain.Attributes;
using YamlDotNet.RepresentationModel;

namespace AuthzCluster.Testing.Cases;

/// <summary>A place in a case file. Every misuse is an error that names the file and the line.</summary>
internal sealed class CaseNode(string file, YamlNode node)
{
    public int Line => (int)node.Start.Line;

    public bool IsText => node is YamlScalarNode;

    public bool IsNull => YamlValues.IsNull(node);

    public string Text => node is YamlScalarNode { Value: { } text } && !IsNull ? text : throw Wrong("must be text");

    public bool Flag => Value is { Kind: AttributeKind.Boolean } value ? value.AsBoolean : throw Wrong("must be true or false");

    public int Whole => int.TryParse(Text, out var number) ? number : throw Wrong("must be a whole number");

    public AttributeValue Value => YamlValues.ToAttribute(node);

    public AttributeBag Bag => node is YamlMappingNode ? Value.AsObject : throw Wrong("must be a mapping");

    public IEnumerable<CaseNode> Items =>
        node is YamlSequenceNode list ? list.Children.Select(child => new CaseNode(file, child)) : throw Wrong("must be a list");

    public IEnumerable<(string Key, CaseNode Node)> Entries => node is YamlMappingNode map
        ? map.Children.Select(pair => (((YamlScalarNode)pair.Key).Value!, new CaseNode(file, pair.Value)))
        : throw Wrong("must be a mapping");

    public CaseNode? this[string key] => Entries.FirstOrDefault(entry => entry.Key == key).Node;

    public CaseNode Need(string key) => this[key] ?? throw Wrong($"lacks `{key}`");

    public IEnumerable<CaseNode> ItemsOf(string key) => this[key]?.Items ?? [];

    public AttributeBag BagOf(string key) => this[key]?.Bag ?? AttributeBag.Empty;

    /// <summary>This, after a check that it has only keys of that part.</summary>
    public CaseNode As(string part)
    {
        foreach (var (key, child) in Entries)
        {
            if (!CaseKeys.Parts[part].Contains(key))
            {
                throw child.Wrong($"`{key}` is no key of a {part}");
            }
        }
        return this;
    }

    public CaseFormatException Wrong(string message) => new($"{file}:{Line}: {message}");
}
