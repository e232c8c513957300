namespace AuthzCluster.Storage.Postgres;

/// <summary>Whose data a database holds.</summary>
/// <param name="ServiceId">The service's id, which stays the same for as long as the data does.</param>
/// <param name="ClusterId">The cluster's id.</param>
/// <param name="PageTokenKey">32 random bytes, made by the first migration: what page tokens are signed with, the same on every node.</param>
public sealed record PostgresInstallation(string ServiceId, string ClusterId, byte[] PageTokenKey);
