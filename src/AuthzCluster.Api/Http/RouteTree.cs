namespace AuthzCluster.Api.Http;

/// <summary>Finds the endpoint of a path, one segment a step. A node has names or one parameter, never both, so that there is one way.</summary>
internal sealed class RouteTree
{
    private readonly Node _root = new();

    public RouteTree(IEnumerable<ApiEndpoint> endpoints)
    {
        foreach (var endpoint in endpoints)
        {
            var node = _root;
            foreach (var part in endpoint.Pattern.Trim('/').Split('/'))
            {
                node = node.Down(part, endpoint);
            }
            if (!node.Methods.TryAdd(endpoint.Method, endpoint))
            {
                throw new InvalidOperationException($"two endpoints for {endpoint.Method} {endpoint.Pattern}");
            }
        }
    }

    /// <summary>The endpoints at a path by method; null: no such path. Adds the values of its parameters.</summary>
    public IReadOnlyDictionary<string, ApiEndpoint>? Find(ReadOnlySpan<string> segments, List<string> arguments)
    {
        var node = _root;
        foreach (var segment in segments)
        {
            if (node.Parameter is { } parameter)
            {
                if (segment.Length == 0)
                {
                    return null;
                }
                arguments.Add(segment);
                node = parameter;
            }
            else if (!node.Names.TryGetValue(segment, out node!))
            {
                return null;
            }
        }
        return node.Methods.Count == 0 ? null : node.Methods;
    }

    private sealed class Node
    {
        public Dictionary<string, Node> Names { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, ApiEndpoint> Methods { get; } = new(StringComparer.Ordinal);

        public Node? Parameter { get; private set; }

        public Node Down(string part, ApiEndpoint endpoint)
        {
            var isParameter = part.StartsWith('{');
            if (isParameter ? Names.Count > 0 : Parameter is not null)
            {
                throw new InvalidOperationException($"{endpoint.Pattern} is ambiguous at {part}");
            }
            if (isParameter)
            {
                return Parameter ??= new Node();
            }
            if (!Names.TryGetValue(part, out var next))
            {
                Names[part] = next = new Node();
            }
            return next;
        }
    }
}
