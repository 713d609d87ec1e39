using SshFunctions.Hooks.Host;
using SshFunctions.Hooks.Host.Refresh;
using SshFunctions.Hooks.Outside;
using SshFunctions.Ssh.Keys;
using SshFunctions.Support.Broker;
using SshFunctions.Support.Files;
using SshFunctions.Support.Processes;

namespace SshFunctions.Hooks.Tests.Host;

/// <summary>A host as enroll leaves it behind, in folders of its own.</summary>
internal sealed class EnrolledHost : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public EnrolledHost(FakeHostBroker broker, Func<HostSettings, HostSettings>? change = null)
    {
        Folders = new HostFolders(_folder["etc"], _folder["run"]);
        Directory.CreateDirectory(Folders.Folder);
        HostKey = SshPrivateKey.GenerateEcdsa(256);
        _folder.Write("host_key.pub", HostKey.PublicKey.ToText() + "\n");
        HostSettings settings = new(
            broker.Broker.Address, FakeHostBroker.Host, FakeHostBroker.Resource, null, "/usr/sbin/sshd", "/etc/ssh/sshd_config", [HostKeyFile]);
        HostFiles.WriteSettings(Folders, change?.Invoke(settings) ?? settings);
        HostFiles.WriteToken(Folders, FakeBroker.Token);
        DateTimeOffset now = Clock.Now;
        HostFiles.WriteState(Folders, new AgentState(now, now.AddDays(366), broker.Trust.Version, 1));
        Files.Write(Folders.TrustBundle, PinnedTrust.ToFile(broker.Trust), Files.Readable);
        Files.Write(Folders.UserCaKeys, PinnedTrust.Read(Folders).UserCaText, Files.Readable);
        Files.Write(Folders.RevocationList, broker.List, Files.Readable);
        Files.Write(Folders.RevocationListSignature, broker.Signature, Files.Readable);
        broker.Broker.On("POST", Api.Routes.HostCertificates, _ => HostCertificates.Answer(broker, HostKey.PublicKey, TimeSpan.FromDays(30)));
    }

    public HostFolders Folders { get; }

    public SshPrivateKey HostKey { get; }

    public string HostKeyFile => _folder["host_key.pub"];

    public string Path => _folder.Path;

    public HostAgent Open() => HostAgent.Open(Folders);

    /// <summary>Refreshes once, in this process.</summary>
    public async Task<IReadOnlyList<StepResult>> RefreshAsync()
    {
        using HostAgent agent = Open();
        return await new RefreshRun(agent).EverythingAsync(CancellationToken.None);
    }

    /// <summary>Runs a host command of the real program.</summary>
    public Task<ProcessRun> RunAsync(string command, string? input = null, IReadOnlyDictionary<string, string?>? environment = null, params string[] arguments) =>
        ProcessRun.ToEndAsync(
            SshfnProgram.Executable, ["host", command, "--folder", Folders.Folder, "--run-folder", Folders.RunFolder, .. arguments], input, "/", environment);

    public void Dispose()
    {
        HostKey.Dispose();
        _folder.Dispose();
    }
}
