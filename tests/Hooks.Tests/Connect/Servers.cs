using SshFunctions.Api;
using SshFunctions.Ssh.Certificates;
using SshFunctions.Support.Broker;
using SshFunctions.Support.Processes;
using SshFunctions.Support.Sshd;

namespace SshFunctions.Hooks.Tests.Connect;

/// <summary>A broker and two real servers whose host keys its host CA has certified; nothing else tells the client whom to trust.</summary>
public sealed class Servers : IAsyncLifetime, IDisposable
{
    internal const string Path = "acme/production/web";

    internal FakeBroker Broker { get; } = new();

    internal SshfnProgram Sshfn { get; } = new();

    internal TestSshd First { get; private set; } = null!;

    internal TestSshd Second { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Broker.Authority.Tamper = content => content with { Extensions = [CertificateOption.PermitPortForwarding, CertificateOption.PermitPty] };
        SshdSettings settings = new()
        {
            TrustedUserCaKeys = Broker.Authority.CaKey.ToText() + "\n",
            CertifyHostKey = (key, _) => Task.FromResult(Broker.Authority.CertifyHost(key, "127.0.0.1", "box.lan")),
        };
        First = await TestSshd.StartAsync(settings);
        Second = await TestSshd.StartAsync(settings);
        Sshfn.Variables["SHELL"] = "/bin/sh";
        await Sshfn.SignInAsync(Broker);
    }

    /// <summary>Shows the caller one resource on the first server.</summary>
    internal ResourceResponse ShowWeb()
    {
        ResourceResponse web = new(Path, [new("127.0.0.1", First.Port)], [First.Login], "plain-sshd", "", "enabled", null);
        Show(web);
        return web;
    }

    internal void Show(params ResourceResponse[] resources) => Broker.Resources = resources;

    /// <summary>As a person who has run config-ssh.</summary>
    internal async Task ConfigureAsync()
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Sshfn.UserConfig)!);
        Sshfn.Folder.Write("ssh/config", "Host *\n  BatchMode yes\n  LogLevel ERROR\n  UserKnownHostsFile /dev/null\n");
        (await Sshfn.RunAsync("config-ssh", "--ssh-config", Sshfn.UserConfig)).Expect(0);
    }

    /// <summary>A stock program with that person's configuration.</summary>
    internal Task<ProcessRun> StockAsync(string program, params string[] arguments) =>
        Sshfn.RunOtherAsync(program, ["-F", Sshfn.UserConfig, .. arguments]);

    public async Task DisposeAsync()
    {
        await First.DisposeAsync();
        await Second.DisposeAsync();
    }

    public void Dispose()
    {
        Broker.Dispose();
        Sshfn.Dispose();
    }
}
