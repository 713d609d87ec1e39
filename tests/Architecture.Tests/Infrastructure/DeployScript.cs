using System.IO.Compression;
using SshFunctions.Architecture.Tests.Product;
using SshFunctions.Support.Files;
using SshFunctions.Support.Processes;
using SshFunctions.Support.Programs;

namespace SshFunctions.Architecture.Tests.Infrastructure;

/// <summary><c>infra/deploy.sh</c> with the real broker and a fake az: the boundary is Azure, which can't be reached from here.</summary>
internal sealed class DeployScript : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public DeployScript()
    {
        foreach (string program in (string[])["az", "curl"])
            File.CreateSymbolicLink(_folder[program], Repository.PathOf($"tests/Architecture.Tests/Infrastructure/fake-{program}"));
        Package = _folder.Write("package.zip", "PK");
    }

    public string Package { get; }

    public string TokenFile => _folder["admin-token"];

    /// <summary>The calls of az and curl so far, in order.</summary>
    public string[] Calls => File.Exists(_folder["calls"]) ? File.ReadAllLines(_folder["calls"]) : [];

    public string Read(string name) => File.ReadAllText(_folder[name]).TrimEnd('\n');

    public bool Has(string name) => File.Exists(_folder[name]);

    public void Write(string name, string text) => _folder.Write(name, text);

    public void WritePackage(string entry, string text)
    {
        File.Delete(Package);
        using ZipArchive package = ZipFile.Open(Package, ZipArchiveMode.Create);
        using var writer = new StreamWriter(package.CreateEntry(entry).Open());
        writer.Write(text);
    }

    public string[] EntriesOf(string name)
    {
        using ZipArchive package = ZipFile.OpenRead(_folder[name]);
        return [.. package.Entries.Select(entry => entry.FullName)];
    }

    public void ForgetCalls() => File.Delete(_folder["calls"]);

    /// <summary>Runs it for the group <c>ssh</c> and the app <c>acme-ssh</c>.</summary>
    public Task<ProcessRun> RunAsync(params IEnumerable<string> options) => RunBareAsync(["--group", "ssh", "--name", "acme-ssh", .. options]);

    public Task<ProcessRun> DeployAsync(params IEnumerable<string> options) =>
        RunAsync(["--location", "westeurope", "--package", Package, "--token-file", TokenFile, .. options]);

    public Task<ProcessRun> RunBareAsync(params IEnumerable<string> options) => ProcessRun.ToEndAsync(
        "bash",
        [Repository.PathOf("infra/deploy.sh"), .. options],
        folder: _folder.Path,
        environment: new Dictionary<string, string?>
        {
            ["PATH"] = $"{_folder.Path}:{Environment.GetEnvironmentVariable("PATH")}",
            ["FAKE_AZURE"] = _folder.Path,
            ["SSHFN_BROKER_BIN"] = ProductProgram.Broker.Path,
            ["SSHFN_DEPLOY_PAUSE"] = "0",
        });

    public void Dispose() => _folder.Dispose();
}
