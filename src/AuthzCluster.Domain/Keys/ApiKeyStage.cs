namespace AuthzCluster.Domain.Keys;

/// <summary>How far a key's life is. Stored: never renumber.</summary>
public enum ApiKeyStage : byte
{
    /// <summary>It is being given its roles, and opens nothing yet. Cut off, it is undone; the admin key is completed.</summary>
    Making = 0,

    /// <summary>It counts.</summary>
    Active = 1,

    /// <summary>It opens nothing any more; its assignments are being revoked.</summary>
    Revoking = 2,

    /// <summary>It is over. This stays, so that the id is not used again.</summary>
    Revoked = 3,
}
