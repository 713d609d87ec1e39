using System.Text.Json.Nodes;
using SshFunctions.Support.Processes;

namespace SshFunctions.Interop.Tests.Conformance;

/// <summary>asyncssh of Debian, which shares no line with OpenSSH nor with this project: one process for all that is read.</summary>
internal static class SecondReader
{
    // Debian's own: another python3 may stand before it on the PATH, without Debian's packages.
    private const string Python = "/usr/bin/python3";

    public static async Task<JsonObject[]> ReadAsync(IEnumerable<string> lines)
    {
        string script = Path.Combine(AppContext.BaseDirectory, "Conformance", "second_reader.py");
        ProcessRun run = (await ProcessRun.ToEndAsync(Python, [script], string.Concat(lines.Select(line => line + "\n")), timeout: TimeSpan.FromMinutes(10))).Expect(0);
        return [.. run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.AsObject())];
    }
}
