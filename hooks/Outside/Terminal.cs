using System.Text;
using Microsoft.Win32.SafeHandles;
using SshFunctions.Hooks.Display;

namespace SshFunctions.Hooks.Outside;

/// <summary>Standard input, output and error: output is data, error is for people.</summary>
/// <remarks>The rules: lower case, no full stop, no colours, never a prompt when input is not a terminal, no control characters.</remarks>
internal static class Terminal
{
    internal static bool CanPrompt => !Console.IsInputRedirected && !Console.IsErrorRedirected;

    /// <summary>Standard input as bytes, without a console around it, which would read the terminal's description from files.</summary>
    internal static Stream InputBytes => new FileStream(new SafeFileHandle(0, ownsHandle: false), FileAccess.Read, bufferSize: 0);

    internal static Stream OutputBytes => new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);

    internal static void Print(string line) => StandardStream.Output(line + "\n");

    internal static void Raw(string text) => StandardStream.Output(text);

    internal static void Error(string text) => StandardStream.Error($"sshfn: error: {Printable.Remark(text)}\n");

    internal static void Hint(string text) => StandardStream.Error($"sshfn: hint: {Printable.Remark(text)}\n");

    internal static void Warning(string text) => StandardStream.Error($"sshfn: warning: {Printable.Remark(text)}\n");

    /// <summary>Columns of the terminal that standard output is; null when it is none.</summary>
    internal static int? OutputWidth => !Console.IsOutputRedirected && Console.WindowWidth is > 0 and var width ? width : null;

    internal static void Note(string text) => StandardStream.Error($"sshfn: {Printable.Remark(text)}\n");

    /// <summary>How far a long job is, on a line that the next one overwrites; only where somebody looks on.</summary>
    internal static void Progress(string text)
    {
        if (!Console.IsErrorRedirected)
            StandardStream.Error($"\rsshfn: {Printable.Remark(text)}\u001b[K");
    }

    /// <summary>Ends the line of <see cref="Progress"/>.</summary>
    internal static void EndProgress()
    {
        if (!Console.IsErrorRedirected)
            StandardStream.Error("\r\u001b[K");
    }

    /// <summary>Everything on standard input, at most <paramref name="maximumBytes"/>.</summary>
    internal static string ReadInput(int maximumBytes)
    {
        using Stream input = Console.OpenStandardInput();
        byte[] buffer = new byte[maximumBytes];
        int length = input.ReadAtLeast(buffer, maximumBytes, throwOnEndOfStream: false);
        return Encoding.UTF8.GetString(buffer, 0, length);
    }

    /// <summary>Asks on the terminal and reads a line that is not shown.</summary>
    internal static string AskSecret(string question)
    {
        StandardStream.Error(question);
        StringBuilder answer = new();
        for (ConsoleKeyInfo key = Console.ReadKey(true); key.Key != ConsoleKey.Enter; key = Console.ReadKey(true))
        {
            if (key.Key == ConsoleKey.Backspace)
                answer.Length = Math.Max(0, answer.Length - 1);
            else if (!char.IsControl(key.KeyChar))
                answer.Append(key.KeyChar);
        }

        StandardStream.Error("\n");
        return answer.ToString();
    }
}
