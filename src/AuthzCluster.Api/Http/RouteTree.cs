namespace AuthzCluster.Api.Http;

/// <summary>
/// Finds the endpoint of a path, one segment a step. A name beside a parameter is an end of the path: there is one way only, and a thing that has the name for its
/// id is found there too.
/// </summary>
internal sealed class RouteTree
{
    private readonly Node _root = new();

    public RouteTree(IEnumerable<ApiEndpoint> endpoints)
    {
        foreach (var endpoint in endpoints)
        {
            var node = _root;
            foreach (var part in Segments(endpoint))
            {
                node = node.Down(part);
            }
            if (!node.Methods.TryAdd(endpoint.Method, endpoint))
            {
                throw new InvalidOperationException($"two endpoints for {endpoint.Method} {endpoint.Pattern}");
            }
        }
        _root.Settle();
    }

    /// <summary>Whether the path of an endpoint may be that of a thing too, whose id is the path's last name.</summary>
    public bool IsValueToo(ApiEndpoint endpoint)
    {
        var arguments = new List<string>();
        Find(Segments(endpoint), arguments);
        return arguments.Count > 0;
    }

    /// <summary>The endpoints at a path by method; null: no such path. Adds the values of its parameters.</summary>
    public IReadOnlyDictionary<string, ApiEndpoint>? Find(ReadOnlySpan<string> segments, List<string> arguments)
    {
        var node = _root;
        foreach (var segment in segments)
        {
            if (node.Parameter is not null && node.Names.TryGetValue(segment, out var named))
            {
                arguments.Add(segment);
                node = named;
            }
            else if (node.Parameter is { } parameter)
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

    private static string[] Segments(ApiEndpoint endpoint) => endpoint.Pattern.Trim('/').Split('/');

    private sealed class Node
    {
        public Dictionary<string, Node> Names { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, ApiEndpoint> Methods { get; } = new(StringComparer.Ordinal);

        public Node? Parameter { get; private set; }

        public Node Down(string part)
        {
            if (part.StartsWith('{'))
            {
                return Parameter ??= new Node();
            }
            if (!Names.TryGetValue(part, out var next))
            {
                Names[part] = next = new Node();
            }
            return next;
        }

        /// <summary>Lets a name that stands beside a parameter be a value of it too, for the methods that the name has not itself.</summary>
        public void Settle()
        {
            foreach (var next in Names.Values)
            {
                next.Settle();
                foreach (var (method, endpoint) in Parameter?.Methods ?? [])
                {
                    next.Methods.TryAdd(method, endpoint);
                }
            }
            Parameter?.Settle();
        }
    }
}
