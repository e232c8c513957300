namespace AuthzCluster.Api.Transfer;

/// <summary>An import as it was read.</summary>
/// <param name="Content">What it says; rows that could not be read have others in their place.</param>
/// <param name="Errors">What was wrong with them.</param>
internal sealed record ReadImport<T>(T Content, ImportErrors Errors);
