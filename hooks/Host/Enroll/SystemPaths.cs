using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Host.Enroll;

/// <summary>The files of the system that enrolling may change; links are followed.</summary>
/// <param name="SshdConfig">What sshd is started with.</param>
/// <param name="PamService">The PAM service that sshd has when nobody names another one.</param>
internal sealed record SystemPaths(string SshdConfig, string PamService)
{
    /// <summary>The folder of configurations beside sshd's own.</summary>
    internal string DropInFolder => Path.GetDirectoryName(SshdConfig) + "/sshd_config.d";

    internal string DropIn => $"{DropInFolder}/{Enroll.DropIn.FileName}";

    /// <summary>The PAM service to write: the stock one, or one of its own where sshd can be told its name.</summary>
    internal string PamServiceFor(OpenSshVersion version) =>
        version.HasPamServiceName ? $"{Path.GetDirectoryName(PamService)}/{Enroll.DropIn.PamServiceName}" : PamService;

    internal static SystemPaths Of(string sshdConfig, string pamService) =>
        new(PlainPath.Of(Files.Target(sshdConfig)), PlainPath.Of(Files.Target(pamService)));
}
