using AuthzCluster.Actors.Storage;
using Npgsql;

namespace AuthzCluster.Storage.Postgres.Opening;

/// <summary>What an exception of Npgsql means.</summary>
internal static class PostgresFailure
{
    /// <summary>What our functions say when another was first: to be done again.</summary>
    public const string AnotherWasFirst = "AZ001";

    /// <summary>The database undid it for the sake of another; done again it may pass.</summary>
    public static bool IsToBeRepeated(Exception failure) => failure is PostgresException
    {
        SqlState: AnotherWasFirst or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure,
    };

    /// <summary>
    /// The database says that it did not do it. Not so when it ends the connection: then the word may come after the
    /// commit. Nor when nothing was heard at all.
    /// </summary>
    public static bool IsUndoneForCertain(Exception failure) => failure is PostgresException { InvariantSeverity: "ERROR" };

    /// <summary>It is about what was to be written (a value, a size), and not about the database.</summary>
    public static bool IsOfItsContent(Exception failure) =>
        failure is PostgresException { SqlState: ['2', '2', ..] or ['2', '3', ..] or ['5', '4', ..] };

    /// <summary>The connection is no good any more, or leads to a server that takes no writes.</summary>
    public static bool IsOfTheConnection(Exception failure) =>
        !IsUndoneForCertain(failure) || failure is PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction };

    public static StoreUnavailableException Unavailable(string what, Exception cause, bool isOutcomeKnown) =>
        new($"{what} failed: {cause.Message}", isOutcomeKnown, cause);
}
