namespace AuthzCluster.Hosting.Configuration;

/// <summary>One thing that can be set.</summary>
/// <param name="Flag">Its name on the command line.</param>
/// <param name="Name">Its name in files and, after <c>Authz__</c>, in the environment.</param>
/// <param name="Help">What it does, and its default.</param>
/// <param name="Apply">Sets it; throws <see cref="FormatException"/> with what it must be.</param>
/// <typeparam name="T">What it is set in, an immutable record.</typeparam>
public sealed record Option<T>(string Flag, string Name, string Help, Func<T, string, T> Apply)
{
    /// <summary>Whether a secret may be in it: no message repeats it.</summary>
    public bool IsSecret { get; init; }

    /// <summary>The same as an option of something larger.</summary>
    /// <param name="get">The part of it that this sets.</param>
    /// <param name="put">Puts the part in its place.</param>
    public Option<TWhole> Of<TWhole>(Func<TWhole, T> get, Func<TWhole, T, TWhole> put) =>
        new(Flag, Name, Help, (whole, text) => put(whole, Apply(get(whole), text))) { IsSecret = IsSecret };
}
