using System.Security.Cryptography;
using System.Text;
using SshFunctions.Api;
using SshFunctions.Support.Broker;
using SshFunctions.Support.Files;
using SshFunctions.Support.OpenId;
using SshFunctions.Support.Outside;
using SshFunctions.Support.Proofs;
using SshFunctions.Support.Sshfn;

namespace SshFunctions.App.Tests.Secrecy;

/// <summary>Every kind of secret is used, and then looked for wherever a broker and its client write.</summary>
[Trait("Proof", "abuse")]
public sealed class SecretScanTests : IDisposable
{
    private const int Patience = 180_000;

    // Besides the broker's lock, which is empty, and the client's own token: the one file in which the first admin's token is handed over; its reader is told to delete it.
    private const string HandOver = "bootstrap-token";

    private readonly TemporaryFolder _folder = new();
    private readonly SigningIssuer _issuer = new();
    private readonly byte[] _webhookKey = RandomNumberGenerator.GetBytes(32);

    public void Dispose()
    {
        _issuer.Dispose();
        _folder.Dispose();
    }

    [Fact(Timeout = Patience)]
    public async Task No_secret_of_a_run_is_in_log_journal_store_problems_or_the_clients_folder()
    {
        var bag = new SecretBag();
        using var user = new SshfnUser();
        await using TestBroker broker = await StartAsync();
        var run = new SecretiveRun(broker, bag, _issuer, _webhookKey);
        await run.RunAsync(user);

        // Where one lies that may, it is found: so the scan below sees what it looks at.
        Assert.NotEmpty(bag.In(HandOver, ReadShared(Path.Combine(broker.Data, HandOver))));
        List<string> found = [];
        foreach (string format in (string[])["ndjson", "csv"])
            found.AddRange(bag.In($"the journal as {format}", await broker.Admin.Http.GetStringAsync(new Uri($"{Routes.JournalExport}?format={format}", UriKind.Relative))));
        found.AddRange(FindIn(bag, broker.Data));
        (_, string errors) = await broker.StopAsync();
        found.AddRange(FindIn(bag, broker.Data));
        found.AddRange(bag.In("standard error", errors));
        found.AddRange(bag.In("the log", broker.Log));
        foreach (string problem in run.Problems) found.AddRange(bag.In($"the problem {problem}", problem));
        found.AddRange(FindIn(bag, user.Folder));
        string[] distinct = [.. found.Distinct().Order(StringComparer.Ordinal)];
        new ProofFigure("abuse", "secrets: forms looked for in log, journal, store, problems and the client's folder", bag.Count, distinct.Length).Record();
        Assert.True(distinct.Length == 0, string.Join('\n', distinct));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("ab")]
    public void Finds_a_secret_at_any_place_of_a_longer_text_also_encoded(string before)
    {
        var bag = new SecretBag();
        string secret = bag.Add("a secret", "0123456789abcdefghijklmn");
        byte[] text = Encoding.UTF8.GetBytes($"{before}{secret} and more");
        Assert.NotEmpty(bag.In("text", text));
        Assert.NotEmpty(bag.In("base64", Convert.ToBase64String(text)));
        Assert.NotEmpty(bag.In("hex", Convert.ToHexString(text)));
        Assert.Empty(bag.In("another text", "0123456789abcdefghijklmx"));
    }

    /// <summary>What is in the files of a folder, but for those that are there to hold a secret.</summary>
    private static IEnumerable<string> FindIn(SecretBag bag, string folder) =>
        from file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        where Path.GetFileName(file) is not (HandOver or "credentials.json" or "lock") && new FileInfo(file).LinkTarget is null
        from found in bag.In(Path.GetRelativePath(folder, file), ReadShared(file))
        select found;

    // The broker has its files open for writing.
    private static byte[] ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    private async Task<TestBroker> StartAsync()
    {
        string identities = _folder.Write("identities.json", $$"""
            {"issuers":[{"name":"github","issuer":"{{_issuer.Issuer}}","audiences":["sshfn"],"algorithms":["ES256"],"kind":"service","subject":"ci:{repository}","singleUse":true}]}
            """);
        string tickets = _folder.Write("tickets.json", """
            {"sources":[{"name":"desk","secretVariable":"DESK_SECRET","mapping":{"event":{"from":"{/event}"},"reference":{"from":"{/number}"},
            "requester":{"from":"{/who}"},"path":{"from":"{/where}"},"duration":{"from":"1h"},"reason":{"from":"{/why}"}}}]}
            """);
        return await TestBroker.StartAsync(
            _folder, ["--identities", identities, "--tickets", tickets], new Dictionary<string, string> { ["DESK_SECRET"] = SignedWebhook.SecretOf(_webhookKey) });
    }
}
