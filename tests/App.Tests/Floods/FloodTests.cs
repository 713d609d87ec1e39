using System.Collections.Concurrent;
using SshFunctions.Api;
using SshFunctions.Support.Proofs;

namespace SshFunctions.App.Tests.Floods;

/// <summary>Somebody wears the broker out; everybody else goes on working.</summary>
[Trait("Proof", "abuse")]
public sealed class FloodTests(FloodedBroker broker) : IClassFixture<FloodedBroker>
{
    private const int Patience = 300_000;
    private const long MostGrowthBytes = 256L << 20;
    private const long Megabyte = 1 << 20;
    private static readonly int Connections = LongRuns.Count(usual: 500, whole: 3000);

    [Theory(Timeout = Patience)]
    [InlineData("that say nothing", "")]
    [InlineData("that stop within the first line", "GET /api/hea")]
    [InlineData("that stop within a header", "POST /api/certificates/user HTTP/1.1\r\nHost: broker\r\nX-A: b")]
    [InlineData("that stop before the body", "POST /api/certificates/user HTTP/1.1\r\nHost: broker\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{")]
    [InlineData("that stop within a chunk", "POST /api/sign-in/ssh-key HTTP/1.1\r\nHost: broker\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n400\r\n{")]
    public async Task Works_on_while_somebody_holds_connections(string which, string beginning)
    {
        long before = broker.ResidentBytes;
        ConcurrentBag<RawConnection> held = [];
        try
        {
            await Parallel.ForAsync(0, Connections, async (number, _) =>
            {
                RawConnection connection = await RawConnection.OpenAsync(broker.Url, (byte)(2 + (number % 200)));
                held.Add(connection);
                await connection.SendAsync(beginning);
            });
            Assert.InRange(await broker.WorkAsync(), 1, 3);
            long growth = broker.ResidentBytes - before;
            Assert.True(growth < MostGrowthBytes, $"{Connections} connections {which} take {growth / Megabyte} MiB");
            // Kestrel gives up on a first request that does not come within its limits; on silent connections much later.
            if (LongRuns.IsAsked && beginning.Length > 0) await Task.WhenAll(held.Select(connection => connection.ReadToEndAsync()));
        }
        finally
        {
            foreach (RawConnection connection in held) connection.Dispose();
        }

        Assert.Equal(1, await broker.WorkAsync());
        new ProofFigure("abuse", $"flood: connections {which}", Connections).Record();
    }

    [Theory(Timeout = Patience)]
    [InlineData("a header of 1 MiB", 431)]
    [InlineData("10,000 headers", 431)]
    [InlineData("a first line of 1 MiB", 414)]
    [InlineData("a body of 8 GiB, declared", 413)]
    [InlineData("a body without end, in chunks", 413)]
    [InlineData("a chunk of 8 GiB", 400)]
    [InlineData("a chunk size without end", 400)]
    [InlineData("a trailer without end", 400)]
    public async Task Cuts_off(string what, int status)
    {
        long before = broker.ResidentBytes;
        int count = LongRuns.Count(usual: 20, whole: 500);
        int wrong = 0, answered = 0;
        long most = 0;
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (number, _) =>
        {
            (long taken, string answer) = await PourAsync(what, (byte)(2 + (number % 200)));
            InterlockedMax(ref most, taken);
            // A server that closes while more comes resets the connection, and the answer may be lost with it.
            if (answer.Length == 0) return;
            Interlocked.Increment(ref answered);
            if (!answer.StartsWith($"HTTP/1.1 {status} ", StringComparison.Ordinal)) Interlocked.Increment(ref wrong);
        });
        Assert.InRange(await broker.WorkAsync(), 1, 3);
        new ProofFigure("abuse", $"flood: {what}", count, wrong).Record();
        Assert.Equal(0, wrong);
        Assert.True(answered > 0, "nobody was told why");
        Assert.InRange(most, 0, 16 * Megabyte);
        long growth = broker.ResidentBytes - before;
        Assert.True(growth < MostGrowthBytes, $"{count} of {what} leave {growth / Megabyte} MiB");
    }

    [Fact(Timeout = Patience)]
    public async Task Gives_memory_back_and_answers_after_all_of_it()
    {
        long before = broker.ResidentBytes;
        await Parallel.ForAsync(0, LongRuns.Count(usual: 2000, whole: 30_000), new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (number, _) =>
            await RawConnection.ExchangeAsync(broker.Url, $"POST /api/sign-in/ssh-key HTTP/1.1\r\nHost: b\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n\r\n{new string('{', 60_000)}"));
        long peak = broker.ResidentBytes;

        Assert.Equal(1, await broker.WorkAsync());
        using HttpResponseMessage health = await broker.Admin.SendAsync(HttpMethod.Get, Routes.Health);
        Assert.True(health.IsSuccessStatusCode);
        long after = broker.ResidentBytes;
        Assert.True(Math.Max(peak, after) - before < MostGrowthBytes, $"from {before / Megabyte} over {peak / Megabyte} to {after / Megabyte} MiB");
    }

    /// <summary>Sends until the broker takes no more.</summary>
    /// <returns>How many bytes it took, and what it said.</returns>
    private async Task<(long Taken, string Answer)> PourAsync(string what, byte from)
    {
        const string Post = "POST /api/sign-in/ssh-key HTTP/1.1\r\nHost: broker\r\nContent-Type: application/json\r\n";
        (string head, string more, long most) = what switch
        {
            "a header of 1 MiB" => ("GET /api/health HTTP/1.1\r\nHost: broker\r\nX-A: ", new string('a', 4096), Megabyte),
            "10,000 headers" => ("GET /api/health HTTP/1.1\r\nHost: broker\r\n", "X-A: a\r\n", 80_000),
            "a first line of 1 MiB" => ("GET /api/", new string('a', 4096), Megabyte),
            "a body of 8 GiB, declared" => (Post + "Content-Length: 8589934592\r\n\r\n", new string('a', 65536), long.MaxValue),
            "a body without end, in chunks" => (Post + "Transfer-Encoding: chunked\r\n\r\n", $"1000\r\n{new string('a', 4096)}\r\n", long.MaxValue),
            "a chunk of 8 GiB" => (Post + "Transfer-Encoding: chunked\r\n\r\n200000000\r\n", new string('a', 65536), long.MaxValue),
            "a chunk size without end" => (Post + "Transfer-Encoding: chunked\r\n\r\n", new string('0', 4096), long.MaxValue),
            "a trailer without end" => (Post + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n", "X-A: a\r\n", long.MaxValue),
            _ => throw new ArgumentOutOfRangeException(nameof(what)),
        };
        using RawConnection connection = await RawConnection.OpenAsync(broker.Url, from);
        Task<string> answer = connection.ReadToEndAsync();
        long taken = 0;
        await connection.SendAsync(head);
        while (taken < most && !answer.IsCompleted && await connection.SendAsync(more)) taken += more.Length;
        if (!answer.IsCompleted && taken >= most) await connection.SendAsync("\r\n\r\n");
        return (taken, await answer);
    }

    private static void InterlockedMax(ref long most, long value)
    {
        for (long seen = Volatile.Read(ref most); value > seen; seen = Volatile.Read(ref most))
            if (Interlocked.CompareExchange(ref most, value, seen) == seen) return;
    }
}
