using SshFunctions.Support.Broker;
using SshFunctions.Support.Processes;

namespace SshFunctions.Hooks.Tests.Host.Enroll;

/// <summary>An sshd from 9.8 on has a PAM service of its own for sshfn. Where no such sshd is at hand, one that says it is speaks for it.</summary>
/// <remarks>It takes PAMServiceName, as those do, and leaves all the rest to the sshd that is installed.</remarks>
public sealed class NewerSshdTests : IAsyncLifetime
{
    private const string Newer = """
        #!/bin/sh
        if [ "$1" = -V ]; then echo 'OpenSSH_10.0p2, OpenSSL 3.5.1 1 Jul 2025' >&2; exit 0; fi
        mode=$1 config=$3
        shift 3
        copy=$(mktemp -d)
        trap 'rm -rf "$copy"' EXIT
        cp -r "$(dirname "$config")/sshd_config.d" "$copy/"
        sed "/^Include/s#$(dirname "$config")/#$copy/#" "$config" >"$copy/sshd_config"
        for file in "$copy"/sshd_config.d/*.conf; do [ -e "$file" ] && sed -i '/^PAMServiceName /d' "$file"; done
        /usr/sbin/sshd "$mode" -f "$copy/sshd_config" "$@" || exit 255
        if [ "$mode" = -T ]; then echo 'pamservicename sshfn'; fi

        """;

    private EnrollableHost _host = null!;

    private string Folder => _host.Server.Files.Root + "/newer";

    public async Task InitializeAsync()
    {
        _host = await EnrollableHost.StartAsync();
        Directory.CreateDirectory(Folder);
        await File.WriteAllTextAsync(Folder + "/sshd", Newer);
        File.SetUnixFileMode(Folder + "/sshd", (UnixFileMode)0x1ED);
        File.Copy("/etc/pam.d/sshd", Folder + "/pam");
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact(Timeout = 120_000)]
    public async Task Leaves_the_stock_service_alone_and_brings_its_own()
    {
        string before = await _host.Server.Files.SnapshotAsync();
        byte[] stock = await File.ReadAllBytesAsync(Folder + "/pam");

        (await _host.Server.HostAsync(
            "enroll", FakeHosts.EnrollmentToken,
            "--broker", _host.Broker.Address, "--token-stdin", "--passcodes", "--reload", "none",
            "--sshd", Folder + "/sshd", "--sshd-config", _host.Server.Files.SshdConfig, "--pam-service", Folder + "/pam")).Expect(0);

        Assert.Contains("\nUsePAM yes\nPAMServiceName sshfn\n", await File.ReadAllTextAsync(_host.Server.Files.DropIn), StringComparison.Ordinal);
        Assert.Contains("host passcode", await File.ReadAllTextAsync(Folder + "/sshfn"), StringComparison.Ordinal);
        Assert.Equal(stock, await File.ReadAllBytesAsync(Folder + "/pam"));
        ProcessRun end = (await _host.Server.HostAsync("unenroll", null, "--reload", "auto")).Expect(0);
        Assert.Contains("no sshd listens with this configuration", end.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(Folder + "/sshfn"));
        Assert.Equal(before, await _host.Server.Files.SnapshotAsync());
    }
}
