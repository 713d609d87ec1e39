using System.Text;
using SshFunctions.Hooks.Host.Callbacks;

namespace SshFunctions.Hooks.Host.Enroll;

/// <summary>sshd's PAM service as it is once sshfn has its say in it; pure. Texts are bytes as Latin-1: the rest is kept to the byte.</summary>
/// <remarks>Source: pam.conf(5); facts of stacks that sshd refuses: pam_exec alone fails pam_setcred, so pam_permit ends each stack.</remarks>
internal static class PamStack
{
    private const string Mark = "# Changed by `sshfn host enroll`; `sshfn host unenroll` puts the old file back.\n";

    /// <summary>Writes the service anew.</summary>
    /// <param name="stock">The service as the system has it.</param>
    /// <param name="settings">Which callbacks there are, and how they are called.</param>
    /// <param name="include">The text of a file that the service includes by name; null when there is none.</param>
    /// <returns>The new text.</returns>
    /// <exception cref="CommandFailedException">An included file lets accounts set variables of PAM, or mixes authentication with other things, so that it can neither stay nor go.</exception>
    internal static string With(string stock, DropIn settings, Func<string, string?> include)
    {
        StringBuilder text = new(Mark);
        if (settings.Sessions)
            text.Append(Session(settings, SessionHook.Open));
        bool isPlaced = !settings.Passcodes;
        foreach (string line in LogicalLines(stock))
        {
            if (!settings.Passcodes || !IsAuthentication(line, include))
            {
                text.Append(line);
                continue;
            }

            if (!isPlaced)
                text.Append(Passcode(settings));
            isPlaced = true;
        }

        if (text[^1] != '\n')
            text.Append('\n');
        if (!isPlaced)
            text.Append(Passcode(settings));
        if (settings.Sessions)
            text.Append(Session(settings, SessionHook.Close)).Append("session    required     pam_permit.so\n");
        string closed = PamEnvironment.Closed(text.ToString());
        PamEnvironment.RequireClosed(closed, include);
        return closed;
    }

    // stdout: where the client asks by keyboard-interactive, it sees why a passcode can't be checked.
    private static string Passcode(DropIn settings) =>
        $"auth       required     pam_exec.so expose_authtok quiet stdout {settings.Program} host passcode {DropIn.FolderOptions(settings.Folders)}".TrimEnd()
        + "\nauth       required     pam_permit.so\n";

    // Opening is the first of all session lines: no module before it has put variables into PAM that pam_exec would hand on, and no line can
    // skip it. A login that a later one refuses is over when its monitor ends, which the agent sees. Closing is the last.
    private static string Session(DropIn settings, string moment) =>
        $"session    required     pam_exec.so type={moment}_session quiet stdout {settings.Program} host session {DropIn.FolderOptions(settings.Folders)}{moment}\n";

    /// <summary>Lines with those that a backslash continues, line ends included.</summary>
    internal static IEnumerable<string> LogicalLines(string text)
    {
        int from = 0;
        while (from < text.Length)
        {
            int end = text.IndexOf('\n', from);
            while (end > from && text[end - 1] == '\\' && end + 1 < text.Length)
                end = text.IndexOf('\n', end + 1);
            int to = end < 0 ? text.Length : end + 1;
            yield return text[from..to];
            from = to;
        }
    }

    private static bool IsAuthentication(string line, Func<string, string?> include)
    {
        string[] words = line.Split([' ', '\t', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 2)
            return false;
        if (words[0] != "@include")
            return IsTyped(words[0], "auth");
        string[] types = [.. LogicalLines(include(words[1]) ?? "").Select(FirstWord).Where(word => word.Length > 0 && word[0] != '#')];
        if (!types.Any(type => IsTyped(type, "auth") || type == "@include"))
            return false;
        return types.All(type => IsTyped(type, "auth")) ? true : throw new CommandFailedException(
            ExitCode.Failed, $"the PAM service includes {words[1]}, which mixes authentication with other things", "put what it says into the service itself");
    }

    private static string FirstWord(string line) =>
        line.Split([' ', '\t', '\n', '\r'], 2, StringSplitOptions.RemoveEmptyEntries).FirstOrDefault() ?? "";

    // A dash before it: no complaint when the module is missing.
    private static bool IsTyped(string word, string type) => word.TrimStart('-').Equals(type, StringComparison.OrdinalIgnoreCase);
}
