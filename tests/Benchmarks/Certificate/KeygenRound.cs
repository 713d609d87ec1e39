using System.Diagnostics;
using System.Globalization;
using SshFunctions.Support.Files;
using SshFunctions.Support.Processes;
using SshFunctions.Support.Sshd;

namespace SshFunctions.Benchmarks.Certificate;

/// <summary>A hundred certificates by the machine's own ssh-keygen, from a shell's loop and with P-256 keys as well.</summary>
internal sealed class KeygenRound : IDisposable
{
    private const int Count = 100;
    private const string Sign = "ssh-keygen -q -s ca -I alice@example.com -n deploy@acme/production/web -O clear -O permit-pty -V -1m:+5m";
    private readonly TemporaryFolder _folder = new();

    private KeygenRound()
    {
    }

    public static async Task<KeygenRound> PrepareAsync()
    {
        var round = new KeygenRound();
        await SshKeygen.GenerateAsync(round._folder["ca"], "ecdsa", 256);
        string subject = await SshKeygen.GenerateAsync(round._folder["subject"], "ecdsa", 256);
        for (int number = 1; number <= Count; number++)
            round._folder.Write(string.Create(CultureInfo.InvariantCulture, $"k{number}.pub"), subject);
        return round;
    }

    /// <returns>Certificates per second.</returns>
    public Task<double> OneByOneAsync() => MeasureAsync(Loop(1, Count));

    /// <returns>Certificates per second of both together.</returns>
    public Task<double> TwoAtOnceAsync() => MeasureAsync(Loop(1, Count / 2), Loop((Count / 2) + 1, Count));

    /// <returns>Certificates per second.</returns>
    public Task<double> TogetherAsync() => MeasureAsync($"{Sign} -z 1 k*.pub");

    public void Dispose() => _folder.Dispose();

    private static string Loop(int first, int last) =>
        string.Create(CultureInfo.InvariantCulture, $"i={first}; while [ $i -le {last} ]; do {Sign} -z $i k$i.pub || exit; i=$((i + 1)); done");

    private async Task<double> MeasureAsync(params string[] scripts)
    {
        foreach (string certificate in Directory.GetFiles(_folder.Path, "k*-cert.pub")) File.Delete(certificate);
        long start = Stopwatch.GetTimestamp();
        ProcessRun[] runs = await Task.WhenAll(scripts.Select(script => ProcessRun.ToEndAsync("/bin/sh", ["-c", script], folder: _folder.Path)));
        TimeSpan taken = Stopwatch.GetElapsedTime(start);
        foreach (ProcessRun run in runs) run.Expect(0);
        int made = Directory.GetFiles(_folder.Path, "k*-cert.pub").Length;
        return made == Count ? Count / taken.TotalSeconds : throw new InvalidOperationException($"ssh-keygen made {made} certificates of {Count}");
    }
}
