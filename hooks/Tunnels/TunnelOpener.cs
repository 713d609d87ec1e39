using System.Globalization;
using SshFunctions.Api;
using SshFunctions.Hooks.Alias;
using SshFunctions.Hooks.Commands.Tree;
using SshFunctions.Hooks.Config;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Tunnels;

/// <summary>Opens a tunnel: stock <c>ssh -N -L</c>, which goes into the background once its port listens.</summary>
internal sealed class TunnelOpener(Folders folders, TunnelFolder tunnels)
{
    // Takes another free port when somebody was quicker.
    private const int PortAttempts = 3;

    /// <summary>The tunnel, and whether it stood already.</summary>
    internal (Tunnel Tunnel, bool Stood) Open(Target target, string? login, NamedService service, int? localPort)
    {
        string id = $"{target.Alias[ResourceNames.AliasPrefix.Length..]}-{service.Name}";
        if (tunnels.Clean().FirstOrDefault(standing => standing.Tunnel.Id == id).Tunnel is { } present)
        {
            return localPort is null || localPort == present.LocalPort ? (present, true) : throw new CommandFailedException(
                ExitCode.Conflict, $"the tunnel {id} is open on {present.LocalAddress}", $"sshfn tunnel close {id}");
        }

        for (int attempt = 1; ; attempt++)
        {
            int port = localPort ?? Ports.Free();
            if (Start(target, login, service, id, port) is not { } problem)
                return (Check(id, Record(target, service, id, port)), false);
            bool isTaken = problem.Contains("already in use", StringComparison.Ordinal);
            if (isTaken && localPort is null && attempt < PortAttempts)
                continue;
            throw new CommandFailedException(
                ExitCode.Failed, $"the tunnel {id} can't be opened: {problem}", isTaken ? "leave --local out for a free port" : $"sshfn explain {target.Resource.Path}");
        }
    }

    private static Tunnel Record(Target target, NamedService service, string id, int port) => new()
    {
        Id = id,
        Resource = target.FullName,
        Service = service.Name,
        Target = HostText.AddressText(new(service.Host, service.Port)),
        LocalPort = port,
        Opened = Clock.Now,
    };

    /// <summary>Starts ssh; the last line of its log when it could not log in or listen.</summary>
    private string? Start(Target target, string? login, NamedService service, string id, int port)
    {
        if (!HostPattern.IsOneHost(service.Host) || service.Port is < 1 or > 65535)
            return "the broker's address of the service is none";
        Files.Delete(tunnels.LogOf(id));
        string forward = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}:{(service.Host.Contains(':') ? $"[{service.Host}]" : service.Host)}:{service.Port}");
        int? code = Programs.RunHere(
            "ssh", tunnels.Path, "-F", ConnectConfig.Ensure(folders), "-f", "-N", "-M", "-S", TunnelFolder.SocketOf(id), "-E", tunnels.LogOf(id), "-a", "-x",
            "-o", "ControlPersist=no", "-o", "ExitOnForwardFailure=yes", "-o", "ServerAliveInterval=15", "-o", "ServerAliveCountMax=3",
            "-L", forward, target.Destination(login));
        if (code is null)
            return "ssh can't be started; is the OpenSSH client installed and in PATH?";
        return code == 0 ? null : LastLine(id) ?? $"ssh ended with {code}";
    }

    // The port listens. Whether the server lets anything through, and whether anything answers there, one connection tells.
    private Tunnel Check(string id, Tunnel tunnel)
    {
        tunnels.Save(tunnel);
        if (Ports.KeepsConnection(tunnel.LocalPort) || LogLine(id, "open failed") is not { } problem)
            return tunnel;
        if (!problem.Contains("prohibited", StringComparison.Ordinal))
        {
            Terminal.Warning($"the tunnel stands, but {tunnel.Target} does not answer there yet");
            return tunnel;
        }

        tunnels.Close(id);
        throw new CommandFailedException(
            ExitCode.Failed, $"the resource does not let you forward to {tunnel.Target}", "a grant must hold port-forwarding, and allow this target: sshfn explain RESOURCE");
    }

    private string? LastLine(string id) => Lines(id).LastOrDefault(line => line.Contains("bind", StringComparison.Ordinal)) ?? Lines(id).LastOrDefault();

    private string? LogLine(string id, string text) => Lines(id).LastOrDefault(line => line.Contains(text, StringComparison.Ordinal));

    private string[] Lines(string id) => Files.Read(tunnels.LogOf(id))?.Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}
