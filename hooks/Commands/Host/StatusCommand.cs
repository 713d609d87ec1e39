using System.CommandLine;
using System.Text.Json;
using SshFunctions.Hooks.Display;
using SshFunctions.Hooks.Host;
using SshFunctions.Hooks.Host.Refresh;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Commands.Host;

/// <summary><c>sshfn host status</c>: how stale everything is.</summary>
internal sealed class StatusCommand : SshfnCommand
{
    private readonly HostCommandOptions _folders;

    internal StatusCommand()
        : base("status", "Show how stale everything on this host is", "sshfn host status")
    {
        Notes = "Exit codes as of sshfn host refresh; 0 when everything is fresh.";
        _folders = new HostCommandOptions(this);
        Run((arguments, cancellationToken) => ShowAsync(arguments, cancellationToken));
    }

    private async Task<int> ShowAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        (HostStatus status, int code) = await StatusReading.ReadAsync(_folders.Read(arguments), cancellationToken);
        Terminal.Raw(WantsJson(arguments)
            ? JsonSerializer.Serialize(status, HostJson.Default.HostStatus) + "\n"
            : Render(status));
        return code;
    }

    private static string Render(HostStatus status)
    {
        Table table = new("host", Printable.Line($"{status.Host} {status.Resource}"));
        table.Add("broker", status.Broker + (status.BrokerAnswers ? "" : ", does not answer"));
        table.Add("revocation list", status.RevocationListVersion is { } version ? $"{version}, checked {Time(status.RevocationListChecked)}" : "not in force");
        table.Add("trust bundle", $"{status.TrustVersion}");
        table.Add("token", $"until {Time(status.TokenExpires)}");
        foreach ((string path, DateTimeOffset? until) in status.HostCertificates)
            table.Add("host certificate", $"{path} until {Time(until)}");
        table.Add("registered keys", status.AuthorizedKeysUntil is { } end ? $"offline until {Time(end)}" : null);
        table.Add("sessions", $"{status.Sessions} live, {status.Spool} to tell");
        table.Add("refreshed", Time(status.Refreshed));
        table.Add("last error", status.LastError);
        table.Add("last alarm", status.LastAlarm is { } alarm ? $"{Time(status.LastAlarmTime)} {alarm}" : null);
        foreach (string stale in status.Stale)
            table.Add("stale", stale);
        return table.Render();
    }

    private static string Time(DateTimeOffset? time) => time is { } known ? $"{known:u}" : "never";
}
