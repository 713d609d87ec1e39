using SshFunctions.Hooks.Config;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Connect;

/// <summary><c>sshfn sftp</c>: becomes sftp on the way to a resource.</summary>
internal static class SftpHook
{
    // Source: sftp.c of OpenSSH 9.2, the getopt string.
    private const string OptionsWithValue = "BbcDFiJloPRSsX";

    internal static int Run() => Rim.RunAsync(() => Task.FromResult(Start()), CancellationToken.None).GetAwaiter().GetResult();

    private static int Start()
    {
        IReadOnlyList<string> words = OwnArguments.Read();
        ConnectOptions options = ConnectOptions.Parse("sftp", words, OptionsWithValue);
        // After -- stand options of sftp, and then the resource.
        List<string> further = [];
        int at = TakeOptions(options.Rest, 0, further);
        if (at >= options.Rest.Length)
            throw new CommandFailedException(ExitCode.Usage, "sftp takes a resource", "sshfn sftp --help");
        string operand = options.Rest[at];
        // sftp itself takes no option behind its destination; here they may stand there, as ssh's may.
        int end = TakeOptions(options.Rest, at + 1, further);
        int colon = operand.IndexOf(':');
        Folders folders = Folders.Current();
        Connection connection = Connection.Open(folders, options, colon > 0 ? operand[..colon] : operand);
        string path = colon > 0 ? operand[colon..] : "";
        return StockProgram.Become(
            "sftp", ["-F", ConnectConfig.Ensure(folders), .. connection.Options, .. options.Passed, .. further, connection.Destination + path, .. options.Rest.Skip(end)]);
    }

    private static int TakeOptions(string[] words, int at, List<string> taken)
    {
        for (; at < words.Length && words[at].Length > 1 && words[at][0] == '-'; at++)
        {
            taken.Add(words[at]);
            if (ConnectOptions.TakesNextWord(words[at], OptionsWithValue) && at + 1 < words.Length)
                taken.Add(words[++at]);
        }

        return at;
    }
}
