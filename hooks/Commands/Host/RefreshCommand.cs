using System.CommandLine;
using SshFunctions.Hooks.Host;
using SshFunctions.Hooks.Host.Refresh;

namespace SshFunctions.Hooks.Commands.Host;

/// <summary><c>sshfn host refresh</c>: once for a timer, or as the agent that waits for revocations.</summary>
internal sealed class RefreshCommand : SshfnCommand
{
    private static readonly TimeSpan BeginAgainPatience = TimeSpan.FromMinutes(2);
    private static readonly string[] Columns = ["step", "state"];
    private readonly HostCommandOptions _folders;
    private readonly Option<bool> _watch = new("--watch") { Description = "Stay, and put a revocation into force the moment the broker has it" };

    internal RefreshCommand()
        : base("refresh", "Fetch what is revoked and trusted, renew certificates, report", "sshfn host refresh --watch")
    {
        Notes = """
            Exit codes, the first that holds: 6 the broker is away; 10 revocation list, 11 trust bundle, 12 registered keys,
            13 host certificates, 14 token, 15 report is stale. What could not be refreshed stays as it was.
            """;
        _folders = new HostCommandOptions(this);
        Options.Add(_watch);
        Run((arguments, cancellationToken) => RefreshAsync(arguments, cancellationToken));
    }

    private async Task<int> RefreshAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        // What asks the process to stop is listened to only after the first wait of a command.
        await Task.Yield();
        HostFolders folders = _folders.Read(arguments);
        if (arguments.GetValue(_watch))
        {
            TimeSpan patience = TimeSpan.Zero;
            // Enrolled anew: from here on with what was written then, also where somebody refreshes by hand just now.
            while (await WatchAsync(folders, patience, cancellationToken))
                patience = BeginAgainPatience;
            return ExitCode.Done;
        }

        using HostAgent agent = HostAgent.Open(folders);
        IReadOnlyList<StepResult> results = await new RefreshRun(agent).EverythingAsync(cancellationToken);
        Rows(arguments, Columns, [.. results.Select(result => new string?[] { result.Step, result.Problem ?? "fresh" })]);
        return RefreshRun.CodeOf(results);
    }

    /// <summary>Whether it is to begin again.</summary>
    private static async Task<bool> WatchAsync(HostFolders folders, TimeSpan patience, CancellationToken cancellationToken)
    {
        using HostAgent agent = HostAgent.Open(folders, patience);
        using HostWatch watch = new(agent);
        await watch.RunAsync(cancellationToken);
        return agent.IsEnrolledAnew && !cancellationToken.IsCancellationRequested;
    }
}
