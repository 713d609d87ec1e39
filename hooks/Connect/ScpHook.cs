using SshFunctions.Hooks.Config;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Connect;

/// <summary><c>sshfn scp</c>: becomes scp, with resources in place of hosts.</summary>
internal static class ScpHook
{
    // Source: scp.c of OpenSSH 9.2, the getopt string.
    private const string OptionsWithValue = "cDFiJloPSX";

    internal static int Run() => Rim.RunAsync(() => Task.FromResult(Start()), CancellationToken.None).GetAwaiter().GetResult();

    private static int Start()
    {
        ConnectOptions options = ConnectOptions.Parse("scp", OwnArguments.Read(), OptionsWithValue);
        Folders folders = Folders.Current();
        List<string> arguments = ["-F", ConnectConfig.Ensure(folders), .. options.Passed];
        bool isRemote = false;
        for (int at = 0; at < options.Rest.Length; at++)
        {
            string word = options.Rest[at];
            bool isOption = word.Length > 1 && word[0] == '-';
            int colon = isOption ? -1 : Colon(word);
            isRemote |= colon > 0;
            arguments.Add(colon > 0 ? Connection.Open(folders, options, word[..colon]).Destination + word[colon..] : word);
            if (isOption && ConnectOptions.TakesNextWord(word, OptionsWithValue) && at + 1 < options.Rest.Length)
                arguments.Add(options.Rest[++at]);
        }

        return isRemote
            ? StockProgram.Become("scp", arguments)
            : throw new CommandFailedException(ExitCode.Usage, "neither source nor target is on a resource", "write it as RESOURCE:PATH: sshfn scp report.csv web:/tmp/");
    }

    /// <summary>Where the resource of <c>RESOURCE:PATH</c> ends; -1 for a file here.</summary>
    /// <remarks>scp takes what has a slash before the first colon for a local file; here that may also be a resource's path, unless such a file exists.</remarks>
    private static int Colon(string operand)
    {
        int colon = operand.IndexOf(':');
        int slash = operand.IndexOf('/');
        bool isLocal = colon <= 0 || operand[0] is '.' or '/' || (slash >= 0 && slash < colon && Files.Exists(OwnArguments.ToText(operand)));
        return isLocal ? -1 : colon;
    }
}
