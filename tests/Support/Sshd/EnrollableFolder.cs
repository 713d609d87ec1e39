using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SshFunctions.Support.Processes;
using SshFunctions.Support.Programs;

namespace SshFunctions.Support.Sshd;

/// <summary>The files of an <see cref="EnrollableSshd"/>.</summary>
/// <param name="Root">Below /opt; root's.</param>
/// <param name="Service">The name of its sshd, and so of its PAM service.</param>
public sealed record EnrollableFolder(string Root, string Service)
{
    /// <summary>The sshfn installed there.</summary>
    public string Sshfn => Root + "/program/sshfn";

    /// <summary>The stock sshd under a name of its own.</summary>
    public string Sshd => $"{Root}/{Service}";

    /// <summary>The folder of sshd's configuration.</summary>
    public string Configuration => Root + "/etc";

    /// <summary>sshd's configuration.</summary>
    public string SshdConfig => Configuration + "/sshd_config";

    /// <summary>What enroll puts there.</summary>
    public string DropIn => Configuration + "/sshd_config.d/00-sshfn.conf";

    /// <summary>sshd's PAM service.</summary>
    public string PamService => $"/etc/pam.d/{Service}";

    /// <summary>As <c>/etc/sshfn</c>.</summary>
    public string Folder => Root + "/host";

    /// <summary>As <c>/run/sshfn</c>.</summary>
    public string RunFolder => Root + "/run";

    /// <summary>Every file of sshd's configuration and its PAM service with content, mode, owner: one line each.</summary>
    public async Task<string> SnapshotAsync()
    {
        var text = new StringBuilder();
        string[] paths = [.. Directory.EnumerateFileSystemEntries(Configuration, "*", SearchOption.AllDirectories), PamService];
        foreach (string path in paths.Order(StringComparer.Ordinal))
        {
            string facts = (await ProcessRun.ToEndAsync("stat", ["-c", "%A %u:%g", path])).Expect(0).Output.Trim();
            string hash = File.Exists(path) ? Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(path))) : "folder";
            text.Append(CultureInfo.InvariantCulture, $"{path} {facts} {hash}\n");
        }

        return text.ToString();
    }

    internal async Task MakeAsync(string stockPamService, int port, string configuration, bool usePam, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Root + "/files");
        Directory.CreateDirectory(Configuration + "/sshd_config.d");
        File.CreateSymbolicLink(Sshd, TestSshd.Program);
        File.Copy(stockPamService, PamService);
        string program = Path.GetDirectoryName(ProductProgram.Sshfn.Path)!;
        (await ProcessRun.ToEndAsync("cp", ["-r", program, Root + "/program"], cancellationToken: cancellationToken)).Expect(0);
        await SshKeygen.GenerateAsync(Configuration + "/ssh_host_ed25519_key", SshKeygen.Ed25519, cancellationToken);
        await SshKeygen.GenerateAsync(Configuration + "/ssh_host_ecdsa_key", "ecdsa", cancellationToken);
        OpenSshVersion version = await OpenSshVersion.OfServerAsync(cancellationToken);
        string penalties = version >= new OpenSshVersion(9, 8) ? $"PerSourcePenalties no\nPAMServiceName {Service}" : "";
        await File.WriteAllTextAsync(SshdConfig, $"""
            # As a distribution leaves it.
            Include {Configuration}/sshd_config.d/*.conf
            ListenAddress 127.0.0.1
            Port {port}
            HostKey {Configuration}/ssh_host_ed25519_key
            HostKey {Configuration}/ssh_host_ecdsa_key
            PidFile {Root}/sshd.pid
            LogLevel VERBOSE
            KbdInteractiveAuthentication no
            UsePAM {(usePam ? "yes" : "no")}
            X11Forwarding yes
            PrintMotd no
            AcceptEnv LANG LC_*
            KexAlgorithms curve25519-sha256
            MaxStartups 100
            Subsystem sftp internal-sftp
            {penalties}
            {configuration}

            """, cancellationToken);
        // Keys keep their modes: sshd takes no private key that others may read.
        (await ProcessRun.ToEndAsync("chmod", ["-R", "go-w", Root], cancellationToken: cancellationToken)).Expect(0);
        (await ProcessRun.ToEndAsync("chmod", ["-R", "a+rX", Root + "/program"], cancellationToken: cancellationToken)).Expect(0);
    }

    internal void Remove()
    {
        File.Delete(PamService);
        Directory.Delete(Root, recursive: true);
    }
}
