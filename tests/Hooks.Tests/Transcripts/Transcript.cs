using System.Globalization;
using System.Text;
using SshFunctions.Support.Broker;
using SshFunctions.Support.Processes;

namespace SshFunctions.Hooks.Tests.Transcripts;

/// <summary>Plays a text file against the real program and writes down what happened, in the same form.</summary>
/// <remarks>
/// <c>#</c> a remark; <c>+ FILE TEXT</c> a file for the next commands; <c>&lt; METHOD PATH STATUS BODY</c> what the broker answers;
/// <c>$ sshfn …</c> a command, with <c>&lt;&lt;&lt; TEXT</c> on its input. Then what it did: <c>&gt; METHOD PATH BODY</c> a request,
/// a bare line on standard output (after <c>| </c> where it is empty or begins as an input does), <c>! </c> a line on standard error, <c>[3]</c> an exit code other than 0. A blank line ends it.
/// {broker}, {token}, {folder} and {sshfn} stand for what differs between runs.
/// </remarks>
internal sealed class Transcript(FakeBroker broker, SshfnProgram program)
{
    internal async Task<string> PlayAsync(string text)
    {
        StringBuilder played = new();
        foreach (string line in text.TrimEnd('\n').Split('\n'))
        {
            bool isInput = line.Length == 0 || line[0] is '#' or '+' or '$' || line.StartsWith("< ", StringComparison.Ordinal);
            if (!isInput)
                continue;
            played.Append(line).Append('\n');
            if (line.StartsWith("+ ", StringComparison.Ordinal) && line.Split(' ', 3) is [_, var name, var content])
                program.Folder.Write(name, Fill(content).Replace("\\n", "\n", StringComparison.Ordinal) + "\n");
            else if (line.StartsWith("< ", StringComparison.Ordinal) && line.Split(' ', 5) is [_, var method, var path, var status, var body])
                broker.On(method, path, _ => new FakeAnswer(int.Parse(status, CultureInfo.InvariantCulture), body));
            else if (line.StartsWith("$ sshfn ", StringComparison.Ordinal))
                played.Append(await RunAsync(line["$ sshfn ".Length..]));
        }

        return played.ToString();
    }

    private async Task<string> RunAsync(string line)
    {
        string[] parts = line.Split(" <<< ");
        int before = broker.Requests.Count;
        ProcessRun run = await program.RunAsync(parts.Length > 1 ? Fill(parts[1]).Replace("\\n", "\n", StringComparison.Ordinal) : null, [.. Words(Fill(parts[0]))]);
        StringBuilder done = new();
        foreach (FakeRequest request in broker.Requests.Skip(before))
            done.Append($"> {request.Method} {request.Path} {request.Body}".TrimEnd()).Append('\n');
        string[] lines = run.Output.Split('\n');
        done.AppendJoin('\n', lines[..^1].Select(Escape).Append(lines[^1]));
        foreach (string error in run.Error.TrimEnd('\n').Split('\n').Where(error => error.Length > 0))
            done.Append("! ").Append(error).Append('\n');
        if (run.ExitCode != 0)
            done.Append(CultureInfo.InvariantCulture, $"[{run.ExitCode}]\n");
        return done.Replace(broker.Address, "{broker}").Replace(program.Folder.Path, "{folder}").Replace(SshfnProgram.Executable, "{sshfn}").ToString();
    }

    // Else it would be played as an input the next time.
    private static string Escape(string line) => line.Length == 0 || line[0] is '#' or '+' or '$' or '<' ? $"| {line}".TrimEnd() : line;

    private string Fill(string text) => text
        .Replace("{broker}", broker.Address, StringComparison.Ordinal)
        .Replace("{token}", FakeBroker.Token, StringComparison.Ordinal)
        .Replace("{folder}", program.Folder.Path, StringComparison.Ordinal);

    // Words apart by spaces, single quotes around one that holds any.
    private static IEnumerable<string> Words(string line)
    {
        string[] quoted = line.Split('\'');
        for (int at = 0; at < quoted.Length; at++)
        {
            if (at % 2 == 1)
                yield return quoted[at];
            else
                foreach (string word in quoted[at].Split(' ', StringSplitOptions.RemoveEmptyEntries))
                    yield return word;
        }
    }
}
