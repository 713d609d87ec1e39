using System.Reflection;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace SshFunctions.Local.Sqlite;

/// <summary>Binds the provider to the system's SQLite, which the distribution patches; the package's own copy is years older.</summary>
internal static class SqliteLibrary
{
    private const string FileName = "libsqlite3.so.0";

    // STRICT tables came with 3.37.
    private const int OldestVersion = 3_037_000;

    private static readonly Lazy<bool> Bound = new(Bind);

    /// <summary>Loads it, once for the process.</summary>
    /// <exception cref="DllNotFoundException">It is not installed, or too old.</exception>
    public static void EnsureLoaded() => _ = Bound.Value;

    private static bool Bind()
    {
        if (!NativeLibrary.TryLoad(FileName, out nint library))
            throw new DllNotFoundException($"{FileName} is not installed; on Debian and Ubuntu it is the package libsqlite3-0");
        NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, Resolve);
        raw.SetProvider(new SQLite3Provider_e_sqlite3());
        raw.FreezeProvider();
        if (raw.sqlite3_libversion_number() < OldestVersion)
            throw new DllNotFoundException($"{FileName} is SQLite {raw.sqlite3_libversion().utf8_to_string()}; 3.37 or newer is needed");
        return true;

        nint Resolve(string name, Assembly assembly, DllImportSearchPath? path) => name == "e_sqlite3" ? library : nint.Zero;
    }
}
