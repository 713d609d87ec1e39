namespace SshFunctions.Benchmarks.Krl;

/// <summary>A key revocation list of a million serials: what building it takes, how long it is, and what it costs each login.</summary>
internal static class KrlBenchmark
{
    private const int SerialCount = 1_000_000;

    public static async Task RunAsync(int logins)
    {
        await using LoginServer server = await LoginServer.StartAsync();
        RevokedList[] lists =
        [
            new RevokedList("no list", null, []),
            RevokedList.Build("consecutive", server.Ca, RevokedSerials.Consecutive(SerialCount)),
            RevokedList.Build("two of three", server.Ca, RevokedSerials.TwoOfThree(SerialCount)),
            RevokedList.Build("random, 64 bits", server.Ca, RevokedSerials.Random(SerialCount)),
        ];
        // In turn, so that whatever else the machine does falls on all of them.
        for (int login = 0; login < logins; login++)
        {
            foreach (RevokedList list in lists) await list.LogInAsync(server);
        }

        Console.WriteLine("| 1,000,000 serials | build, median ms | rounds | bytes | login, median ms | logins |");
        Console.WriteLine("|---|---|---|---|---|---|");
        foreach (RevokedList list in lists) Console.WriteLine(list);
    }
}
