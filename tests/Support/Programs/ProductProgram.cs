namespace SshFunctions.Support.Programs;

/// <summary>A program of the product as a test runs it: the one an environment variable names, else the newest that was built.</summary>
public sealed record ProductProgram
{
    private ProductProgram(string path) => Path = path;

    /// <summary>The broker; <c>SSHFN_BROKER_BIN</c> names another one.</summary>
    public static ProductProgram Broker { get; } = Find("SSHFN_BROKER_BIN", "sshfn-broker", "publish/broker", "bin/App");

    /// <summary>The companion; <c>SSHFN_BIN</c> names another one.</summary>
    public static ProductProgram Sshfn { get; } = Find("SSHFN_BIN", "sshfn", "publish/sshfn", "bin/sshfn");

    /// <summary>The executable, absolute.</summary>
    public string Path { get; }

    /// <summary>Whether it is machine code only, and so as quick as users have it; a build for debugging brings an assembly.</summary>
    public bool IsAheadOfTime => !File.Exists(Path + ".dll");

    private static ProductProgram Find(string variable, string name, string published, string built)
    {
        if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } named) return new ProductProgram(System.IO.Path.GetFullPath(named));

        string artifacts = System.IO.Path.Combine(SourceTree.Root, ".artifacts");
        string bin = System.IO.Path.Combine(artifacts, built);
        string[] builds = Directory.Exists(bin) ? Directory.GetDirectories(bin) : [];
        // What is built for net9.0 is compiled ahead of time when it is published; as it lies here it would need a runtime that is not there.
        string? newest = builds.Where(folder => !folder.Contains("_net9.0", StringComparison.Ordinal)).Append(System.IO.Path.Combine(artifacts, published))
            .Select(folder => System.IO.Path.Combine(folder, name))
            .Where(File.Exists)
            .MaxBy(Made);
        return newest is null
            ? throw new InvalidOperationException($"{name} is not built: bash infra/publish.sh publishes it, or set {variable}")
            : new ProductProgram(newest);
    }

    // A build leaves the launcher alone when only the assembly beside it changed.
    private static DateTime Made(string path) => File.GetLastWriteTimeUtc(File.Exists(path + ".dll") ? path + ".dll" : path);
}
