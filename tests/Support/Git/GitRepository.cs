using SshFunctions.Support.Files;
using SshFunctions.Support.Sshd;

namespace SshFunctions.Support.Git;

/// <summary>A bare repository with one commit, and any number of submodules beside it, served by a <see cref="TestSshd"/>.</summary>
public sealed class GitRepository
{
    /// <summary>The only branch.</summary>
    public const string Branch = "main";

    // Root may look into a repository that belongs to the login.
    private static readonly string[] Trusting = ["-c", "safe.directory=*"];

    private readonly GitClient _git;

    private GitRepository(string path, GitClient git)
    {
        Path = path;
        _git = git;
    }

    /// <summary>Absolute path on the server.</summary>
    public string Path { get; }

    /// <summary>Makes it in the server's <see cref="TestSshd.Files"/>.</summary>
    /// <param name="server">Serves it.</param>
    /// <param name="name">Without <c>.git</c>.</param>
    /// <param name="submoduleCount">How many submodules its commit holds, at <c>module-1</c>, <c>module-2</c>, …</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<GitRepository> CreateAsync(
        TestSshd server, string name, int submoduleCount = 0, CancellationToken cancellationToken = default)
    {
        var git = new GitClient();
        using var folder = new TemporaryFolder();
        var modules = new List<(string Path, string Commit)>();
        for (var number = 1; number <= submoduleCount; number++)
        {
            var module = $"{name}-module-{number}";
            modules.Add((module, await CreateAsync(git, server, folder, module, [], cancellationToken)));
        }
        await CreateAsync(git, server, folder, name, modules, cancellationToken);
        await server.OwnFilesAsync(cancellationToken);
        return new GitRepository(PathOf(server, name), git);
    }

    /// <summary>What one gives to <c>git clone</c>.</summary>
    /// <param name="host">The name the client's ssh_config knows.</param>
    public string Url(string host) => $"ssh://{host}{Path}";

    /// <summary>The id of the commit the server's branch is at.</summary>
    public Task<string> HeadAsync(CancellationToken cancellationToken = default) =>
        _git.DoAsync(Path, [.. Trusting, "rev-parse", Branch], cancellationToken);

    // Makes the bare repository and its first commit, which holds a README and the given submodules.
    private static async Task<string> CreateAsync(
        GitClient git, TestSshd server, TemporaryFolder folder, string name, List<(string Name, string Commit)> modules,
        CancellationToken cancellationToken)
    {
        var bare = PathOf(server, name);
        var work = folder[name];
        await git.DoAsync(server.Folder, ["init", "-q", "--bare", "-b", Branch, bare], cancellationToken);
        await git.DoAsync(server.Folder, ["init", "-q", "-b", Branch, work], cancellationToken);

        var declared = "";
        for (var index = 0; index < modules.Count; index++)
        {
            var path = $"module-{index + 1}";
            // Relative to wherever the client cloned from, so that no name of a host is written down.
            declared += $"[submodule \"{path}\"]\n\tpath = {path}\n\turl = ../{modules[index].Name}.git\n";
            await git.DoAsync(work, ["update-index", "--add", "--cacheinfo", $"160000,{modules[index].Commit},{path}"], cancellationToken);
        }
        if (declared.Length > 0)
        {
            await File.WriteAllTextAsync(System.IO.Path.Combine(work, ".gitmodules"), declared, cancellationToken);
            await git.DoAsync(work, ["add", ".gitmodules"], cancellationToken);
        }
        var commit = await git.CommitAsync(work, "README.md", $"# {name}\n", cancellationToken);
        await git.DoAsync(work, [.. Trusting, "push", "-q", bare, Branch], cancellationToken);
        return commit;
    }

    private static string PathOf(TestSshd server, string name) => System.IO.Path.Combine(server.Files, name + ".git");
}
