using System.Globalization;

namespace SshFunctions.Hooks.Host.Enroll;

/// <summary>Lets the sshd of this machine say whether a configuration does what it is meant to.</summary>
internal sealed class ConfigJudge(Sshd sshd, SystemPaths paths)
{
    private const int SomePort = 22;
    private const int OtherPort = 23;

    /// <summary>Refuses a configuration that sshd can't read, or in which something else than our settings is in force.</summary>
    /// <param name="config">Its main file.</param>
    /// <param name="dropIn">What must be in force.</param>
    internal void Require(string config, DropIn dropIn)
    {
        if (sshd.Complaint(config) is { } complaint)
            throw new CommandFailedException(ExitCode.Failed, $"sshd would not take the new configuration: {complaint}", "nothing has been changed");
        EffectiveConfig elsewhere = sshd.ReadEffective(config, dropIn.PasscodePort == SomePort ? OtherPort : SomePort);
        foreach (Directive directive in dropIn.Everywhere())
            RequireInForce(directive, elsewhere);
        if (dropIn.PasscodePort is not { } port)
            return;
        EffectiveConfig there = sshd.ReadEffective(config, port);
        foreach (Directive directive in dropIn.OnPasscodePort())
            RequireInForce(directive, there);
        RequirePort(there, port);
    }

    private void RequireInForce(Directive directive, EffectiveConfig config)
    {
        if (directive.IsIn(config))
            return;
        string found = string.Join(", ", config.All(directive.Keyword).DefaultIfEmpty("nothing"));
        string? place = ConfigLines.Read(paths.SshdConfig, paths.DropIn).FirstOrDefault(line => line.Is(directive.Keyword))?.Place;
        throw new CommandFailedException(
            ExitCode.Failed,
            $"{directive.Keyword} would be {found} and not {directive.Value}{(place is null ? "" : $": {place} is read first")}",
            $"take it out there, or put its Include of {paths.DropInFolder} above everything else in {paths.SshdConfig}");
    }

    private static void RequirePort(EffectiveConfig config, int port)
    {
        string text = port.ToString(CultureInfo.InvariantCulture);
        string[] ports = [.. config.All("port")];
        if (ports.Distinct().Count() != ports.Length)
            throw new CommandFailedException(ExitCode.Failed, $"sshd would listen twice on one of the ports {string.Join(", ", ports)}", "choose another --passcode-port");
        if (!config.All("listenaddress").Any(address => address.EndsWith($":{text}", StringComparison.Ordinal)))
            throw new CommandFailedException(ExitCode.Failed, $"sshd would not listen on port {text}: every ListenAddress names a port of its own", $"add one with port {text}");
    }
}
