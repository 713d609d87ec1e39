using SshFunctions.Hooks.Config;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Connect;

/// <summary><c>sshfn ssh</c>: becomes ssh on the way to a resource. rsync calls it too, as its remote shell.</summary>
internal static class SshHook
{
    // Source: ssh.c of OpenSSH 9.2 and 10.5, the getopt string.
    internal const string OptionsWithValue = "BbcDEeFIiJLlmOopPQRSWw";

    // With one of these a login command would be wrong, or has no place.
    private const string NoShellOptions = "NsTGV";

    internal static int Run() => Rim.RunAsync(() => Task.FromResult(Start()), CancellationToken.None).GetAwaiter().GetResult();

    private static int Start()
    {
        ConnectOptions options = ConnectOptions.Parse("ssh", OwnArguments.Read(), OptionsWithValue);
        if (options.Rest is not [var operand, .. var rest])
            throw new CommandFailedException(ExitCode.Usage, "ssh takes a resource", "sshfn ssh --help");
        Folders folders = Folders.Current();
        Connection connection = Connection.Open(folders, options, operand);
        string? command = connection.Target.Resource is { LoginCommand: { Length: > 0 } login, ForceLoginCommand: false } && IsLogin([.. options.Passed, .. rest])
            ? login : null;
        return StockProgram.Become("ssh",
        [
            "-F", ConnectConfig.Ensure(folders), .. connection.Options, .. options.Passed, .. command is null ? Array.Empty<string>() : ["-t"],
            connection.Destination, .. rest, .. command is null ? Array.Empty<string>() : LoginCommand(rest, command),
        ]);
    }

    // Behind -- because it comes from the broker: what starts with a dash must not become an option of ssh.
    private static string[] LoginCommand(string[] rest, string command) =>
        rest is [.., "--"] ? [OwnArguments.OfText(command)] : ["--", OwnArguments.OfText(command)];

    /// <summary>Whether ssh would start a login shell: no command stands there, and no option that makes one pointless.</summary>
    internal static bool IsLogin(IReadOnlyList<string> words)
    {
        for (int at = 0; at < words.Count; at++)
        {
            string word = words[at];
            if (word.Length < 2 || word[0] != '-' || word == "--")
                return word == "--" && at == words.Count - 1;
            if (word.Skip(1).TakeWhile(letter => !TakesValue(letter)).Any(NoShellOptions.Contains) || word[1] is 'W' or 'Q' or 'O')
                return false;
            at += ConnectOptions.TakesNextWord(word, OptionsWithValue) ? 1 : 0;
        }

        return true;
    }

    // What stands behind an option that takes a value is no option.
    private static bool TakesValue(char letter) => OptionsWithValue.Contains(letter, StringComparison.Ordinal);
}
