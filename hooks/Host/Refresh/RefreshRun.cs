using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Host.Refresh;

/// <summary>Everything that is refreshed, once, each on its own: what is wrong with one does not keep the others stale.</summary>
internal sealed class RefreshRun(HostAgent agent)
{
    private readonly List<StepResult> _results = [];
    private bool _isAway;

    /// <summary>All of it, for <c>host refresh</c>.</summary>
    internal async Task<IReadOnlyList<StepResult>> EverythingAsync(CancellationToken cancellationToken)
    {
        await StepAsync("trust bundle", StaleCode.TrustBundle, () => RefreshTrust.RunAsync(agent, cancellationToken));
        await StepAsync("revocation list", StaleCode.RevocationList, () => RefreshRevocationList.RunAsync(agent, cancellationToken));
        await RenewAsync(cancellationToken);
        SessionKeeper keeper = new(agent);
        await keeper.TendAsync();
        keeper.Refuse((await new KeyQuestions(agent).AskAsync(cancellationToken)).Refused);
        await keeper.TendAsync();
        await StepAsync("report", StaleCode.Spool, () => TellAsync(cancellationToken));
        return Finish();
    }

    /// <summary>What a watch does from time to time beside waiting for revocations.</summary>
    internal async Task<IReadOnlyList<StepResult>> RenewalsAsync(CancellationToken cancellationToken)
    {
        await StepAsync("trust bundle", StaleCode.TrustBundle, () => RefreshTrust.RunAsync(agent, cancellationToken));
        await RenewAsync(cancellationToken);
        return Finish();
    }

    /// <summary>The exit code for the results.</summary>
    internal static int CodeOf(IReadOnlyList<StepResult> results) =>
        results.Any(result => result.Code == ExitCode.Unavailable)
            ? ExitCode.Unavailable
            : results.Select(result => result.Code).FirstOrDefault(code => code != ExitCode.Done);

    private async Task RenewAsync(CancellationToken cancellationToken)
    {
        await StepAsync("registered keys", StaleCode.AuthorizedKeys, () => RefreshAuthorizedKeys.RunAsync(agent, cancellationToken));
        await StepAsync("host certificates", StaleCode.HostCertificates, () => RenewHostCertificates.RunAsync(agent, cancellationToken));
        await StepAsync("token", StaleCode.Token, () => RotateToken.RunAsync(agent, cancellationToken));
    }

    private async Task TellAsync(CancellationToken cancellationToken)
    {
        await DeliverSpool.RunAsync(agent, cancellationToken);
        await ReportHost.RunAsync(agent, [], cancellationToken);
    }

    private async Task StepAsync(string name, int code, Func<Task> run)
    {
        if (_isAway)
        {
            _results.Add(new(name, code, "not asked: the broker is away"));
            return;
        }

        try
        {
            await run();
            _results.Add(new(name, ExitCode.Done, null));
        }
        catch (CommandFailedException failure)
        {
            _isAway = failure.ExitCode == ExitCode.Unavailable;
            _results.Add(new(name, _isAway ? ExitCode.Unavailable : code, failure.Message));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _results.Add(new(name, code, error.Message));
        }
    }

    private List<StepResult> Finish()
    {
        StepResult? failed = _results.Find(result => result.Problem is not null);
        DateTimeOffset now = Clock.Now;
        agent.Update(state => failed is null
            ? state with { Refreshed = now, LastError = null, LastErrorTime = null }
            : state with { LastError = $"{failed.Step}: {failed.Problem}", LastErrorTime = now });
        return _results;
    }
}
