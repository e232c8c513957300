namespace AuthzCluster.Server.Configuration;

/// <summary>One thing that can be set.</summary>
/// <param name="Flag">Its name on the command line.</param>
/// <param name="Name">Its name in files and, after <c>Authz__</c>, in the environment.</param>
/// <param name="Help">What it does, and its default.</param>
/// <param name="Apply">Sets it; throws <see cref="FormatException"/> with what it must be.</param>
internal sealed record Option(string Flag, string Name, string Help, Func<ServerOptions, string, ServerOptions> Apply);
