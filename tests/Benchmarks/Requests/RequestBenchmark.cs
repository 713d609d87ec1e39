using System.Globalization;
using System.Text.Json;
using SshFunctions.Api;
using SshFunctions.Support.Files;
using SshFunctions.Support.OpenId;

namespace SshFunctions.Benchmarks.Requests;

/// <summary>Requests that every clone and every host makes, over TLS 1.3, by several connections at once.</summary>
internal sealed class RequestBenchmark
{
    private const int ConnectionCount = 8;
    private const int RoundCount = 5;
    private const int PasscodesEach = 20;

    // More than the broker can take in a second: a round ends when the time is up, or the requests are.
    private const int NewTokensPerSecond = 3000;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(15);
    private readonly PinnedServer _server;
    private readonly Connection[] _connections = new Connection[ConnectionCount];
    private readonly TimeSpan _round;

    private RequestBenchmark(PinnedServer server, TimeSpan round) => (_server, _round) = (server, round);

    public static async Task RunAsync(int seconds)
    {
        using var folder = new TemporaryFolder();
        using var issuer = new SigningIssuer();
        RequestScene scene = await RequestScene.MakeAsync(folder, issuer);
        Console.WriteLine("| request | per second, median | rounds | p50 ms | p99 ms, worst round | server's processor, µs each | resident MiB before, after |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        TimeSpan round = TimeSpan.FromSeconds(seconds);
        if (StepCa.Program is not null) await PeerAsync(issuer, round);
        using PinnedServer broker = await PinnedServer.StartBrokerAsync(folder, scene.Identities);
        await RunAsync(broker, round, benchmark => benchmark.MeasureAllAsync(scene, new RequestKinds(scene, issuer)));
        if (StepCa.Program is not null) await PeerAsync(issuer, round);
    }

    /// <summary>Before the broker and after it, so that a machine that changes its speed meanwhile shows.</summary>
    private static async Task PeerAsync(SigningIssuer issuer, TimeSpan round)
    {
        foreach (string? database in new[] { null, "badgerv2" })
        {
            using var folder = new TemporaryFolder();
            using PinnedServer peer = StepCa.Start(folder, issuer, database);
            await RunAsync(peer, round, benchmark => benchmark.MeasureAsync(
                $"step-ca's mint, {database ?? "no database"}", () => new StepCa(issuer).Mints(NewTokensPerSecond * (int)round.TotalSeconds), 201));
        }
    }

    private static async Task RunAsync(PinnedServer server, TimeSpan round, Func<RequestBenchmark, Task> measure)
    {
        var benchmark = new RequestBenchmark(server, round);
        await benchmark.OpenAsync();
        await measure(benchmark);
        foreach (Connection connection in benchmark._connections) connection.Dispose();
    }

    private async Task OpenAsync()
    {
        for (int number = 0; number < ConnectionCount; number++) _connections[number] = await Connection.OpenAsync(_server.Port);
    }

    private async Task MeasureAllAsync(RequestScene scene, RequestKinds kinds)
    {
        await MeasureAsync("mint, access token, journal durable", () => kinds.Mints(ConnectionCount), 200);
        await MeasureAsync("mint, a new token of an issuer (P-256) each", () => kinds.MintsByNewTokens(NewTokensPerSecond * (int)_round.TotalSeconds), 200);
        IReadOnlyList<string>[] passcodes = [.. (await PasscodesAsync(scene.Crew)).Chunk(scene.Crew.Count * PasscodesEach / (RoundCount + 1))];
        int batch = 0;
        await MeasureAsync("redeem a passcode, durable", () => kinds.Redemptions(passcodes[batch++]), 200);
        byte[] list = await UnchangedAsync(Routes.RevocationList), bundle = await UnchangedAsync(Routes.TrustBundle);
        await MeasureAsync("revocation list, unchanged (304)", () => RequestKinds.Always(list), 304);
        await MeasureAsync("trust bundle, unchanged (304)", () => RequestKinds.Always(bundle), 304);
        await MeasureAsync("health, for the share of HTTPS itself", () => RequestKinds.Always(HttpText.Get(Routes.Health)), 200);
    }

    private async Task MeasureAsync(string name, Func<Func<int, ReadOnlyMemory<byte>?>> requests, int expected)
    {
        double before = _server.ResidentMebibytes;
        await Load.MeasureAsync(_server, _connections, requests(), expected, WarmUp);
        var rounds = new List<Load>();
        for (int round = 0; round < RoundCount; round++) rounds.Add(await Load.MeasureAsync(_server, _connections, requests(), expected, _round));
        Load[] byRate = [.. rounds.OrderBy(load => load.PerSecond)];
        Load median = byRate[RoundCount / 2];
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {median.PerSecond:F0} | {byRate[0].PerSecond:F0}–{byRate[^1].PerSecond:F0} | {median.Percentile(0.5):F2} | {rounds.Max(load => load.Percentile(0.99)):F2} | {median.ProcessorMicroseconds:F0} | {before:F0}, {_server.ResidentMebibytes:F0} |"));
    }

    /// <summary>As many as each of the crew may have at a time.</summary>
    private async Task<IReadOnlyList<string>> PasscodesAsync(IReadOnlyList<string> crew)
    {
        IEnumerable<string>[] made = await Task.WhenAll(crew.Chunk((crew.Count + ConnectionCount - 1) / ConnectionCount).Select(async (some, number) =>
        {
            var passcodes = new List<string>();
            foreach (string token in some.SelectMany(token => Enumerable.Repeat(token, PasscodesEach)))
            {
                if (await _connections[number].SendAsync(RequestKinds.PasscodeFor(token)) != 200) throw new InvalidOperationException(_connections[number].LastAnswer);
                passcodes.Add(JsonSerializer.Deserialize(HttpText.BodyOf(_connections[number].LastAnswer), ApiJson.Default.PasscodeResponse)!.Passcode);
            }

            return passcodes;
        }));
        return [.. made.SelectMany(some => some)];
    }

    private async Task<byte[]> UnchangedAsync(string route)
    {
        await _connections[0].SendAsync(HttpText.Get(route));
        string tag = _connections[0].LastAnswer.Split("ETag: ", 2)[1].Split('\r', 2)[0];
        return HttpText.Get(route, $"If-None-Match: {tag}\r\n");
    }
}
