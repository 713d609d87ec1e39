using SshFunctions.Support.Processes;

namespace SshFunctions.Support.Git;

/// <summary>The real git, with no configuration but what a test gives it and an identity for commits.</summary>
/// <param name="environment">Further variables, such as <c>GIT_SSH_COMMAND</c>; null unsets one.</param>
public sealed class GitClient(IReadOnlyDictionary<string, string?>? environment = null)
{
    private static readonly Dictionary<string, string?> Alone = new()
    {
        ["GIT_CONFIG_NOSYSTEM"] = "1",
        ["GIT_CONFIG_GLOBAL"] = "/dev/null",
        ["GIT_TERMINAL_PROMPT"] = "0",
        ["GIT_SSH_COMMAND"] = null,
        ["GIT_SSH"] = null,
        ["GIT_DIR"] = null,
        ["GIT_WORK_TREE"] = null,
        ["GIT_INDEX_FILE"] = null,
        ["GIT_AUTHOR_NAME"] = "Alice",
        ["GIT_AUTHOR_EMAIL"] = "alice@example.com",
        ["GIT_COMMITTER_NAME"] = "Alice",
        ["GIT_COMMITTER_EMAIL"] = "alice@example.com",
    };

    private readonly Dictionary<string, string?> _environment = Merge(environment);

    /// <summary>Runs git to its end, however it ends.</summary>
    /// <param name="folder">Where it runs.</param>
    /// <param name="arguments">After <c>git</c>.</param>
    /// <param name="cancellationToken">Kills it.</param>
    public Task<ProcessRun> RunAsync(string folder, string[] arguments, CancellationToken cancellationToken = default) =>
        ProcessRun.ToEndAsync("git", arguments, folder: folder, environment: _environment, cancellationToken: cancellationToken);

    /// <summary>Runs git, which must succeed, and returns what it printed without the end of line.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message holds what it printed.</exception>
    public async Task<string> DoAsync(string folder, string[] arguments, CancellationToken cancellationToken = default) =>
        (await RunAsync(folder, arguments, cancellationToken)).Expect(0).Output.TrimEnd('\n');

    /// <summary>Writes a file and commits it on the current branch.</summary>
    /// <returns>The commit's id.</returns>
    public async Task<string> CommitAsync(string workTree, string file, string text, CancellationToken cancellationToken = default)
    {
        await File.WriteAllTextAsync(Path.Combine(workTree, file), text, cancellationToken);
        await DoAsync(workTree, ["add", file], cancellationToken);
        await DoAsync(workTree, ["commit", "-q", "-m", $"write {file}"], cancellationToken);
        return await DoAsync(workTree, ["rev-parse", "HEAD"], cancellationToken);
    }

    private static Dictionary<string, string?> Merge(IReadOnlyDictionary<string, string?>? further)
    {
        var merged = new Dictionary<string, string?>(Alone);
        foreach (var (name, value) in further ?? new Dictionary<string, string?>()) merged[name] = value;
        return merged;
    }
}
