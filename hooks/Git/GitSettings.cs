using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Git;

/// <summary>One level of git's configuration, through git itself.</summary>
/// <param name="level"><c>--global</c> or <c>--local</c>.</param>
internal sealed class GitSettings(string level)
{
    private const int NoSuchKey = 1;
    private const int NothingToUnset = 5;

    internal string? Read(string key)
    {
        ProgramResult result = Run("--get", key);
        return result.ExitCode == NoSuchKey ? null : Expect(result).Output.TrimEnd('\n');
    }

    /// <summary>Every value of a key, in order; none as well where this level does not exist.</summary>
    internal IReadOnlyList<string> ReadAll(string key)
    {
        ProgramResult result = Run("--null", "--get-all", key);
        return result.ExitCode == 0 ? result.Output.Split('\0')[..^1] : [];
    }

    internal void Add(string key, string value) => Expect(Run("--add", key, value));

    /// <summary>Removes every equal value of a key.</summary>
    internal void RemoveValue(string key, string value) => Expect(Run("--fixed-value", "--unset-all", key, value));

    /// <summary>Whether a key is set; false as well where this level does not exist, such as <c>--local</c> outside a repository.</summary>
    internal bool Has(string key) => Run("--get", key).ExitCode == 0;

    internal void Write(string key, string value) => Expect(Run("--replace-all", key, value));

    internal void Remove(string key)
    {
        ProgramResult result = Run("--unset-all", key);
        if (result.ExitCode != NothingToUnset)
            Expect(result);
    }

    private ProgramResult Run(params string[] arguments) => Programs.Run("git", ["config", level, .. arguments])
        ?? throw new CommandFailedException(ExitCode.Failed, "git can't be started", "is it installed and in PATH?");

    private static ProgramResult Expect(ProgramResult result) => result.ExitCode == 0
        ? result
        : throw new CommandFailedException(ExitCode.Failed, $"git config: {result.Errors.Trim()}");
}
