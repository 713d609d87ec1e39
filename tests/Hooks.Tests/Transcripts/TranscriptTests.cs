using SshFunctions.Support.Broker;

namespace SshFunctions.Hooks.Tests.Transcripts;

/// <summary>Every command as a user sees it. SSHFN_WRITE_TRANSCRIPTS=FOLDER writes the files anew; read the difference.</summary>
public sealed class TranscriptTests
{
    public static TheoryData<string> Names() =>
        [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Transcripts"), "*.txt").Select(path => Path.GetFileName(path)).Order()];

    [Theory(Timeout = 120_000)]
    [MemberData(nameof(Names))]
    public async Task Plays_as_written(string name)
    {
        using FakeBroker broker = new();
        using SshfnProgram program = new();
        string expected = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Transcripts", name));
        string played = await new Transcript(broker, program).PlayAsync(expected);
        if (Environment.GetEnvironmentVariable("SSHFN_WRITE_TRANSCRIPTS") is { Length: > 0 } folder)
            await File.WriteAllTextAsync(Path.Combine(folder, name), played);
        Assert.Equal(expected, played);
    }
}
