using System.IO.Compression;
using System.Security.Cryptography;
using SshFunctions.Support.Files;
using SshFunctions.Support.Functions;
using SshFunctions.Support.Processes;
using SshFunctions.Support.Programs;

namespace SshFunctions.Interop.Tests.Functions;

public sealed class PackageTests
{
    private const int Patience = 180_000;

    [Fact(Timeout = Patience)]
    public async Task The_zip_is_the_same_every_time_and_only_the_program_may_be_run()
    {
        using var folder = new TemporaryFolder();
        string first = await PackagedApp.MakeAsync(folder["one"]);
        string second = await PackagedApp.MakeAsync(folder["two"]);
        Assert.Equal(SHA256.HashData(await File.ReadAllBytesAsync(first)), SHA256.HashData(await File.ReadAllBytesAsync(second)));

        using ZipArchive zip = ZipFile.OpenRead(first);
        Assert.Contains(zip.Entries, entry => entry.FullName == "host.json");
        Assert.All(zip.Entries, entry => Assert.Equal(
            entry.FullName == "sshfn-broker" ? "755" : "644", Convert.ToString((entry.ExternalAttributes >> 16) & 0b111_111_111, 8)));
        Assert.All(zip.Entries.Where(entry => entry.FullName.Contains('/', StringComparison.Ordinal)), entry => Assert.Matches("^[A-Za-z]+/function\\.json$", entry.FullName));
        Assert.Equal(File.ReadAllText(Path.Combine(SourceTree.Root, "host.json")), await new StreamReader(zip.GetEntry("host.json")!.Open()).ReadToEndAsync());
    }

    [Fact(Timeout = Patience)]
    public async Task Refuses_a_host_json_that_starts_another_program()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["infra"]);
        File.Copy(Path.Combine(SourceTree.Root, "infra", "package.sh"), folder["infra/package.sh"]);
        string host = await File.ReadAllTextAsync(Path.Combine(SourceTree.Root, "host.json"));
        folder.Write("host.json", host.Replace("\"sshfn-broker\"", "\"./sshfn-broker\"", StringComparison.Ordinal));
        var environment = new Dictionary<string, string?> { ["SSHFN_BROKER_BIN"] = ProductProgram.Broker.Path };
        ProcessRun run = (await ProcessRun.ToEndAsync("bash", [folder["infra/package.sh"], folder["out"]], null, null, environment)).Expect(1);
        Assert.Contains("\"./sshfn-broker\"", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["out"]));
    }

    [Fact(Timeout = Patience)]
    public async Task The_manifest_in_it_is_the_brokers_own()
    {
        string app = await PackagedApp.FolderAsync();
        using var folder = new TemporaryFolder();
        (await ProcessRun.ToEndAsync(Path.Combine(app, "sshfn-broker"), ["manifest", folder["again"]])).Expect(0);
        Assert.Equal(
            DeployedFunction.In(app).Select(function => (function.Name, function.Trigger.GetRawText())),
            DeployedFunction.In(folder["again"]).Select(function => (function.Name, function.Trigger.GetRawText())));
    }
}
