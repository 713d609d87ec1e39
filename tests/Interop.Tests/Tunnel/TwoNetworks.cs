using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using SshFunctions.Support.Processes;

namespace SshFunctions.Interop.Tests.Tunnel;

/// <summary>A second network beside this one, and a wire between the two: from inside one gets out, from outside nobody gets in.</summary>
/// <remarks>A watchdog takes both away with this process. Needs root and CAP_NET_ADMIN.</remarks>
internal sealed class TwoNetworks : IDisposable
{
    private const string Watchdog = """
        exec 3<&0
        ip netns add "$1" && ip link add "$2" type veth peer name inside netns "$1" &&
        ip address add "$3/30" dev "$2" && ip link set "$2" up &&
        ip -n "$1" address add "$4/30" dev inside && ip -n "$1" link set inside up && ip -n "$1" link set lo up && echo made
        cat <&3 >/dev/null
        ip link del "$2"
        ip netns del "$1"
        """;

    private readonly Process _watchdog;

    private TwoNetworks(Process watchdog, string inside, string outsideAddress)
    {
        _watchdog = watchdog;
        Inside = inside;
        OutsideAddress = outsideAddress;
    }

    /// <summary>Name of the namespace behind NAT.</summary>
    public string Inside { get; }

    /// <summary>This machine's address as the inside sees it.</summary>
    public string OutsideAddress { get; }

    public static async Task<TwoNetworks> MakeAsync()
    {
        // 198.18.0.0/15 is for such networks. Source: RFC 2544, appendix C.2.2.
        int network = RandomNumberGenerator.GetInt32(256 * 64);
        string prefix = string.Create(CultureInfo.InvariantCulture, $"198.18.{network / 64}.");
        int last = network % 64 * 4;
        string name = "sshfn" + RandomNumberGenerator.GetHexString(6, lowercase: true);
        string outside = string.Create(CultureInfo.InvariantCulture, $"{prefix}{last + 1}");
        Process watchdog = Process.Start(new ProcessStartInfo(
            "/bin/sh", ["-c", Watchdog, "network-watchdog", name, name, outside, string.Create(CultureInfo.InvariantCulture, $"{prefix}{last + 2}")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        Assert.Equal("made", await watchdog.StandardOutput.ReadLineAsync());
        return new TwoNetworks(watchdog, name, outside);
    }

    /// <summary>Whether an address is reached from inside.</summary>
    public async Task<bool> InsideReachesAsync(string address, int port) => (await ProcessRun.ToEndAsync(
        "ip", ["netns", "exec", Inside, "node", "-e", Knock, address, port.ToString(CultureInfo.InvariantCulture)])).ExitCode == 0;

    private const string Knock = "require('net').connect(+process.argv[2], process.argv[1]).on('connect', () => process.exit(0)).on('error', () => process.exit(1))";

    public void Dispose()
    {
        _watchdog.StandardInput.Close();
        _watchdog.WaitForExit(TimeSpan.FromSeconds(20));
        _watchdog.Dispose();
    }
}
