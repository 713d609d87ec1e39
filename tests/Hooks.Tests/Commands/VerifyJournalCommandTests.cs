using SshFunctions.Support.Processes;

namespace SshFunctions.Hooks.Tests.Commands;

/// <summary>What <c>sshfn audit verify</c> says of a file, by the program itself.</summary>
public sealed class VerifyJournalCommandTests : IDisposable
{
    private readonly SshfnProgram _sshfn = new();

    private static string Exported => Path.Combine(AppContext.BaseDirectory, "Fuzzing", "export.jsonl");

    private static string Key => Path.Combine(AppContext.BaseDirectory, "Fuzzing", "export.pub");

    [Fact(Timeout = 60_000)]
    public async Task What_no_checkpoint_covers_yet_is_never_called_genuine()
    {
        ProcessRun run = (await VerifyAsync(Exported)).Expect(0);
        Assert.Matches("^result +genuine up to checkpoint [0-9]+\n", run.Output);
        Assert.Contains("sshfn: not sealed yet, from serial 262151 on: no checkpoint covers what stands there (2), so whoever had the file could have written it", run.Error, StringComparison.Ordinal);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("serial,segment,index,time,subject,event\n65537,1,1,2030-01-01T00:00:00Z,system,segment.opened\n")]
    [InlineData("")]
    [InlineData("{\"broker\":\"https://broker.example.com\"}\n")]
    [InlineData("\u0000\u0001\n")]
    public async Task A_file_that_is_no_export_is_told_in_one_line(string content)
    {
        string file = _sshfn.Folder.Write("journal.csv", content);
        ProcessRun run = (await VerifyAsync(file)).Expect(1);
        Assert.Equal("", run.Output);
        Assert.StartsWith($"sshfn: error: {file} is no export that can be checked: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("\nsshfn: hint: make one with: sshfn audit export --output FILE", run.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _sshfn.Dispose();

    private Task<ProcessRun> VerifyAsync(string file) => _sshfn.RunAsync("audit", "verify", file, "--key", Key);
}
