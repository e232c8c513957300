using Npgsql;

namespace AuthzCluster.Storage.Postgres.Opening;

/// <summary>Runs single statements on connections of the pool, and says in the store's words what went wrong.</summary>
internal sealed class Sessions(Connections connections, DatabaseHealth health)
{
    private const int MaxRepeats = 20;

    /// <summary>A read. Where the connection turns out to be dead it is done again on a new one.</summary>
    public async ValueTask<T> ReadAsync<T>(Func<NpgsqlConnection, Task<T>> read)
    {
        for (var isAgain = false; ; isAgain = true)
        {
            using var connection = await health.OpenAsync(connections.OpenReaderAsync).ConfigureAwait(false);
            try
            {
                return await read(connection).ConfigureAwait(false);
            }
            catch (Exception cause) when (IsOfTheDatabase(cause))
            {
                if (isAgain || !PostgresFailure.IsOfTheConnection(cause) || cause.InnerException is TimeoutException)
                {
                    throw PostgresFailure.Unavailable("A read", cause, isOutcomeKnown: true);
                }

                connections.ForgetIdleReaders();
            }
        }
    }

    /// <summary>A write that is one statement, and so one transaction.</summary>
    public async ValueTask<T> WriteAsync<T>(Func<NpgsqlConnection, Task<T>> write)
    {
        for (var repeats = 0; ; repeats++)
        {
            using var connection = await health.OpenAsync(connections.OpenReaderAsync).ConfigureAwait(false);
            try
            {
                var answer = await write(connection).ConfigureAwait(false);
                health.Succeeded();
                return answer;
            }
            catch (Exception cause) when (IsOfTheDatabase(cause))
            {
                if (PostgresFailure.IsToBeRepeated(cause) && repeats < MaxRepeats)
                {
                    continue;
                }

                if (PostgresFailure.IsOfTheConnection(cause))
                {
                    connections.ForgetIdleReaders();
                }

                var failure = PostgresFailure.Unavailable("The last write", cause, PostgresFailure.IsUndoneForCertain(cause));
                health.Failed(failure.Message);
                throw failure;
            }
        }
    }

    private static bool IsOfTheDatabase(Exception cause) => cause is NpgsqlException or IOException or InvalidOperationException or TimeoutException;
}
