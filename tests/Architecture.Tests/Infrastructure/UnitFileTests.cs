using SshFunctions.Architecture.Tests.Product;
using SshFunctions.Support.Files;
using SshFunctions.Support.Processes;
using SshFunctions.Support.Programs;

namespace SshFunctions.Architecture.Tests.Infrastructure;

/// <summary>The systemd unit of the self-hosted broker.</summary>
public sealed class UnitFileTests
{
    private const string Unit = "infra/host/sshfn-broker.service";
    private const string Judge = "/usr/bin/systemd-analyze";

    [Theory]
    [InlineData("DynamicUser=yes")]
    [InlineData("StateDirectoryMode=0700")]
    [InlineData("ProtectSystem=strict")]
    [InlineData("NoNewPrivileges=yes")]
    [InlineData("CapabilityBoundingSet=CAP_NET_BIND_SERVICE")]
    [InlineData("RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX")]
    [InlineData("SystemCallFilter=@system-service")]
    // The runtime writes machine code and runs it: with "yes" the broker would not start.
    [InlineData("MemoryDenyWriteExecute=no")]
    public void The_broker_is_shut_in(string line) => Assert.Contains(line, Repository.ReadLines(Unit));

    [Fact(Timeout = 60_000)]
    public async Task Systemd_understands_every_line()
    {
        // A machine without systemd can still run every other test.
        if (!File.Exists(Judge)) return;
        using var folder = new TemporaryFolder();
        string unit = folder.Write("sshfn-broker.service", (await File.ReadAllTextAsync(Repository.PathOf(Unit)))
            .Replace("/usr/local/bin/sshfn-broker", ProductProgram.Broker.Path, StringComparison.Ordinal));

        ProcessRun verdict = await ProcessRun.ToEndAsync(Judge, ["verify", "--man=no", unit]);

        Assert.DoesNotContain("sshfn-broker.service", verdict.Output + verdict.Error, StringComparison.Ordinal);
    }
}
