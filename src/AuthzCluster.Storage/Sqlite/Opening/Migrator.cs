using AuthzCluster.Storage.Sqlite.Native;

namespace AuthzCluster.Storage.Sqlite.Opening;

/// <summary>Brings a database to the schema of this version; each step in its own transaction, never back.</summary>
internal static class Migrator
{
    private const string CreateTable =
        "CREATE TABLE IF NOT EXISTS migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at INTEGER NOT NULL)";

    private const string Record = "INSERT INTO migration VALUES (?, ?, CAST(unixepoch('subsec') * 1000000 AS INTEGER))";

    public static void Apply(Db db, string path)
    {
        var all = MigrationScript.All("sqlite");
        var newest = all[^1].Number;
        var current = db.ReadNumber("SELECT count(*) FROM sqlite_schema WHERE name = 'migration'") == 0
            ? 0
            : db.ReadNumber("SELECT max(number) FROM migration");
        if (current > newest)
        {
            throw new StoreRefusedException(
                $"The database '{path}' has schema {current}, this version knows {newest}: start a version that is as new as the data.");
        }

        foreach (var migration in all.Where(migration => migration.Number > current))
        {
            db.Execute("BEGIN IMMEDIATE");
            db.Execute(CreateTable);
            db.Execute(migration.ReadSql());
            db.Use(Record).Number(migration.Number).Text(migration.Name).Run();
            db.Execute("COMMIT");
        }
    }
}
