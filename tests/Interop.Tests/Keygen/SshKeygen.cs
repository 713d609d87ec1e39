using SshFunctions.Support.Files;
using SshFunctions.Support.Processes;

namespace SshFunctions.Interop.Tests.Keygen;

/// <summary>The real ssh-keygen, in UTC.</summary>
internal static class SshKeygen
{
    private static readonly Dictionary<string, string?> Utc = new() { ["TZ"] = "UTC" };

    public static Task<ProcessRun> RunWithInputAsync(TemporaryFolder folder, string? input, params IEnumerable<string> arguments) =>
        ProcessRun.ToEndAsync("ssh-keygen", arguments, input, folder.Path, Utc);

    public static Task<ProcessRun> RunAsync(TemporaryFolder folder, params IEnumerable<string> arguments) =>
        RunWithInputAsync(folder, null, arguments);
}
