using System.Globalization;
using SshFunctions.Support.Processes;

namespace SshFunctions.Support.Sshd;

/// <summary>The real ssh-keygen: the other maker of keys, certificates and KRLs that ours are measured against.</summary>
public static class SshKeygen
{
    /// <summary>The type whose keys are quickest to make.</summary>
    public const string Ed25519 = "ed25519";

    /// <summary>Makes a key pair without passphrase: <c>ssh-keygen -q -t TYPE -N '' -f PATH</c>.</summary>
    /// <param name="path">Of the private key; the public one gets <c>.pub</c>.</param>
    /// <param name="type">As <c>-t</c> takes it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The public key's line.</returns>
    public static async Task<string> GenerateAsync(string path, string type, CancellationToken cancellationToken = default)
    {
        await RunAsync(["-q", "-t", type, "-N", "", "-C", "", "-f", path], cancellationToken);
        return await File.ReadAllTextAsync(path + ".pub", cancellationToken);
    }

    /// <summary>Makes a key pair of a size without passphrase: <c>ssh-keygen -q -t TYPE -b BITS -N '' -f PATH</c>.</summary>
    /// <param name="path">Of the private key; the public one gets <c>.pub</c>.</param>
    /// <param name="type">As <c>-t</c> takes it.</param>
    /// <param name="bits">As <c>-b</c> takes it; Ed25519 ignores it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The public key's line.</returns>
    public static async Task<string> GenerateAsync(string path, string type, int bits, CancellationToken cancellationToken = default)
    {
        var size = bits.ToString(CultureInfo.InvariantCulture);
        await RunAsync(["-q", "-t", type, "-b", size, "-N", "", "-C", "", "-f", path], cancellationToken);
        return await File.ReadAllTextAsync(path + ".pub", cancellationToken);
    }

    /// <summary>Signs a user certificate: <c>ssh-keygen -q -s CA -I ID -z SERIAL -n PRINCIPALS -V -1m:+5m KEY.pub</c>.</summary>
    /// <param name="ca">Path of the CA's private key.</param>
    /// <param name="key">Path of the subject's private key; its <c>.pub</c> is signed, <c>-cert.pub</c> is written beside it.</param>
    /// <param name="keyId">Shows in sshd's log.</param>
    /// <param name="serial">Not 0.</param>
    /// <param name="principals">Separated by commas.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Path of the certificate.</returns>
    public static async Task<string> SignUserAsync(
        string ca, string key, string keyId, ulong serial, string principals, CancellationToken cancellationToken = default)
    {
        var number = serial.ToString(CultureInfo.InvariantCulture);
        await RunAsync(["-q", "-s", ca, "-I", keyId, "-z", number, "-n", principals, "-V", "-1m:+5m", key + ".pub"], cancellationToken);
        return key + "-cert.pub";
    }

    /// <summary>Signs a user certificate without permissions but the options named: <c>ssh-keygen … -O clear -O OPTION… KEY.pub</c>.</summary>
    /// <param name="ca">Path of the CA's private key.</param>
    /// <param name="key">Path of the subject's private key; its <c>.pub</c> is signed, <c>-cert.pub</c> is written beside it.</param>
    /// <param name="principals">Separated by commas.</param>
    /// <param name="options">Each as <c>-O</c> takes it, such as <c>force-command=id</c>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Path of the certificate.</returns>
    public static async Task<string> SignLimitedUserAsync(
        string ca, string key, string principals, IEnumerable<string> options, CancellationToken cancellationToken = default)
    {
        IEnumerable<string> limits = options.Prepend("clear").SelectMany(option => new[] { "-O", option });
        await RunAsync(["-q", "-s", ca, "-I", "alice", "-z", "7", "-n", principals, "-V", "-1m:+5m", .. limits, key + ".pub"], cancellationToken);
        return key + "-cert.pub";
    }

    /// <summary>Signs a host certificate for a public key's text: <c>ssh-keygen -q -s CA -I ID -h -n NAMES -V -1m:+5m KEY.pub</c>.</summary>
    /// <param name="ca">Path of the CA's private key.</param>
    /// <param name="publicKey">The host key's line.</param>
    /// <param name="names">Host names, separated by commas.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The certificate's line.</returns>
    public static async Task<string> SignHostAsync(string ca, string publicKey, string names, CancellationToken cancellationToken = default)
    {
        using var folder = new Files.TemporaryFolder();
        var key = folder.Write("host.pub", publicKey);
        await RunAsync(["-q", "-s", ca, "-I", "host", "-h", "-n", names, "-V", "-1m:+5m", key], cancellationToken);
        return await File.ReadAllTextAsync(folder["host-cert.pub"], cancellationToken);
    }

    /// <summary>Makes a KRL: <c>ssh-keygen -q -k -f KRL -s CA.pub SPECIFICATION</c>.</summary>
    /// <param name="ca">Path of the CA's private key; its <c>.pub</c> is named in the list.</param>
    /// <param name="specification">Lines such as <c>serial: 7</c> or <c>id: alice</c>; none makes an empty list.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<byte[]> MakeRevocationListAsync(string ca, string specification, CancellationToken cancellationToken = default)
    {
        using var folder = new Files.TemporaryFolder();
        var lines = folder.Write("specification", specification);
        await RunAsync(["-q", "-k", "-f", folder["krl"], "-s", ca + ".pub", lines], cancellationToken);
        return await File.ReadAllBytesAsync(folder["krl"], cancellationToken);
    }

    private static async Task RunAsync(string[] arguments, CancellationToken cancellationToken) =>
        (await ProcessRun.ToEndAsync("ssh-keygen", arguments, cancellationToken: cancellationToken)).Expect(0);
}
