using System.Globalization;
using System.Text;
using System.Text.Json;
using SshFunctions.Api;
using SshFunctions.Ssh.Keys;
using SshFunctions.Support.Files;

namespace SshFunctions.Benchmarks.Requests;

/// <summary>Requests that every clone and every host makes, over TLS 1.3, by several connections at once.</summary>
internal static class RequestBenchmark
{
    private const int ConnectionCount = 8;
    private const int KeyCount = 256;
    private const int RoundCount = 5;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(10);

    public static async Task RunAsync(int seconds)
    {
        TimeSpan round = TimeSpan.FromSeconds(seconds);
        using var folder = new TemporaryFolder();
        using PinnedBroker broker = await PinnedBroker.StartAsync(folder);
        Connection[] connections = new Connection[ConnectionCount];
        for (int number = 0; number < ConnectionCount; number++) connections[number] = await Connection.OpenAsync(broker.Port);
        Console.WriteLine("| request | per second, median | rounds | p50 ms | p99 ms, worst round | broker's processor, µs each | resident MiB after |");
        Console.WriteLine("|---|---|---|---|---|---|---|");

        byte[][] mints = [.. Enumerable.Range(0, KeyCount).Select(_ => Mint(broker.Token))];
        int[] turn = new int[ConnectionCount];
        await MeasureAsync("mint, access token, journal durable", broker, connections, number => mints[((turn[number]++ * ConnectionCount) + number) % KeyCount], 200, round);
        byte[] unchanged = await UnchangedAsync(connections[0], Routes.RevocationList);
        await MeasureAsync("revocation list, unchanged (304)", broker, connections, _ => unchanged, 304, round);
        byte[] health = Get(Routes.Health);
        await MeasureAsync("health, for the share of HTTPS itself", broker, connections, _ => health, 200, round);
        foreach (Connection connection in connections) connection.Dispose();
    }

    private static async Task MeasureAsync(
        string name, PinnedBroker broker, IReadOnlyList<Connection> connections, Func<int, ReadOnlyMemory<byte>> next, int expected, TimeSpan span)
    {
        await Load.MeasureAsync(broker, connections, next, expected, WarmUp);
        var rounds = new List<Load>();
        for (int round = 0; round < RoundCount; round++) rounds.Add(await Load.MeasureAsync(broker, connections, next, expected, span));
        Load[] byRate = [.. rounds.OrderBy(load => load.PerSecond)];
        Load median = byRate[RoundCount / 2];
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {median.PerSecond:F0} | {byRate[0].PerSecond:F0}–{byRate[^1].PerSecond:F0} | {median.Percentile(0.5):F2} | {rounds.Max(load => load.Percentile(0.99)):F2} | {median.ProcessorMicroseconds:F0} | {broker.ResidentMebibytes:F0} |"));
    }

    private static byte[] Mint(string token)
    {
        using SshPrivateKey key = SshPrivateKey.GenerateEcdsa(256);
        string body = JsonSerializer.Serialize(
            new IssueUserCertificateRequest(key.PublicKey.ToText(), Resource: PinnedBroker.Resource, Login: "deploy"), ApiJson.Default.IssueUserCertificateRequest);
        return Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"POST {Routes.UserCertificates} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}"));
    }

    private static byte[] Get(string route, string headers = "") => Encoding.ASCII.GetBytes($"GET {route} HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n");

    private static async Task<byte[]> UnchangedAsync(Connection connection, string route)
    {
        await connection.SendAsync(Get(route));
        string tag = connection.LastAnswer.Split("ETag: ", 2)[1].Split('\r', 2)[0];
        return Get(route, $"If-None-Match: {tag}\r\n");
    }
}
