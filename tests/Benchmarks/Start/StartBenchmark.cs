using System.Diagnostics;
using System.Globalization;
using SshFunctions.Api;
using SshFunctions.Ssh.Keys;
using SshFunctions.Support.Azurite;
using SshFunctions.Support.Broker;
using SshFunctions.Support.Files;
using SshFunctions.Support.Processes;
using SshFunctions.Support.Programs;

namespace SshFunctions.Benchmarks.Start;

/// <summary>From the start of the broker's process to the first certificate that it answers, on one machine and as the Functions host starts it.</summary>
internal static class StartBenchmark
{
    private const string Resource = "acme/production/web";
    private const int WarmUpCount = 3;

    public static async Task RunAsync(int starts)
    {
        Console.WriteLine("| broker | listens, median ms | first certificate, median ms | min | max | resident MiB then | starts |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        await AloneAsync(starts);
        await UnderFunctionsHostAsync(starts);
    }

    private static async Task AloneAsync(int starts)
    {
        using var folder = new TemporaryFolder();
        string token;
        await using (TestBroker broker = await TestBroker.StartAsync(folder))
        {
            token = await PrepareAsync(broker.Admin);
            await broker.StopAsync();
        }

        int port = LoopbackPort.Free();
        var start = new ProcessStartInfo(
            ProductProgram.Broker.Path, ["serve", "--data", TestBroker.DataOf(folder), "--listen", $"http://127.0.0.1:{port}"]);
        await MeasureAsync("one machine, SQLite", start, port, token, starts);
    }

    private static async Task UnderFunctionsHostAsync(int starts)
    {
        using var folder = new TemporaryFolder();
        AzuriteAccount account = (await AzuriteProcess.SharedAsync()).TakeAccount();
        string token;
        await using (SharedBrokers brokers = await SharedBrokers.StartAsync(folder, account, 1)) token = await PrepareAsync(brokers.Admin(0));

        int port = LoopbackPort.Free();
        var start = new ProcessStartInfo(ProductProgram.Broker.Path);
        (string Name, string Value)[] settings =
        [
            ("FUNCTIONS_CUSTOMHANDLER_PORT", port.ToString(CultureInfo.InvariantCulture)),
            ("SSHFN_BROKER_TABLES_URL", account.TablesUrl.AbsoluteUri),
            ("SSHFN_BROKER_QUEUES_URL", account.QueuesUrl.AbsoluteUri),
            ("SSHFN_BROKER_STORAGE_KEY_FILE", folder["storage-key"]),
            ("SSHFN_BROKER_USER_CA", folder["user-ca"]),
            ("SSHFN_BROKER_HOST_CA", folder["host-ca"]),
            ("SSHFN_BROKER_JOURNAL_KEY", folder["journal"]),
        ];
        foreach ((string name, string value) in settings) start.Environment[name] = value;
        await MeasureAsync("Functions, Azurite, keys in files", start, port, token, starts);
    }

    private static async Task<string> PrepareAsync(BrokerApi admin)
    {
        await admin.PutResourceAsync(Resource, new ResourceRequest([new HostAddress("web.example.com")], ["deploy"], "sshd"));
        await admin.GrantAsync("alice", "alice", Resource);
        return await admin.CreateTokenAsync("alice");
    }

    private static async Task MeasureAsync(string name, ProcessStartInfo start, int port, string token, int starts)
    {
        start.RedirectStandardOutput = true;
        using SshPrivateKey key = SshPrivateKey.GenerateEcdsa(256);
        byte[] request = FirstAnswer.RequestFor(key.PublicKey, Resource, "deploy", token);
        var measured = new List<FirstAnswer>();
        for (int number = -WarmUpCount; number < starts; number++)
        {
            FirstAnswer one = await FirstAnswer.MeasureAsync(start, port, request);
            if (number >= 0) measured.Add(one);
        }

        double[] certificates = [.. measured.Select(one => one.AnswerMilliseconds).Order()];
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {Median([.. measured.Select(one => one.ListeningMilliseconds).Order()]):F0} | {Median(certificates):F0} | {certificates[0]:F0} | {certificates[^1]:F0} | {Median([.. measured.Select(one => one.ResidentMebibytes).Order()]):F0} | {starts} |"));
    }

    private static double Median(double[] sorted) => (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
}
