using AuthzCluster.Actors.Views;

namespace AuthzCluster.Actors.Ports;

/// <summary>An event on its way to a receiver.</summary>
/// <param name="Url">Where to.</param>
/// <param name="Event">What.</param>
/// <param name="Secrets">What it is signed with, the latest first.</param>
/// <param name="At">When it is sent; signed too.</param>
public sealed record WebhookMessage(string Url, CloudEvent Event, IReadOnlyList<string> Secrets, DateTimeOffset At);
