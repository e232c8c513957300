using AuthzCluster.Domain.Errors;

namespace AuthzCluster.Actors.Writers;

/// <summary>What a request was refused with: its client has that answer, and counts on nothing coming of copies that were sent before.</summary>
/// <param name="Sending">The latest copies that it stands for (<see cref="Ports.RequestKey.Sending"/>).</param>
/// <param name="Error">The refusal.</param>
internal sealed record KeptRefusal(string Sending, AuthzError Error);
