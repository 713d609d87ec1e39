using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Host.Refresh;

/// <summary><c>host refresh --watch</c>: five loops, so that a broker that hangs delays nothing that is done here.</summary>
internal sealed class HostWatch(HostAgent agent) : IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BetweenKeys = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan BetweenRenewals = TimeSpan.FromMinutes(1);

    // A broker that does not hold a list back is asked this often.
    private static readonly TimeSpan BetweenPolls = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan HeldBack = TimeSpan.FromSeconds(2);

    private readonly SessionKeeper _keeper = new(agent);
    private readonly WakeUp _sessions = new();
    private readonly WakeUp _keys = new();
    private readonly WakeUp _spool = new();
    private volatile bool _reportIsDue = true;

    /// <summary>Runs until it is cancelled, until the machine is enrolled anew or no more, or until a loop meets what it can't go on with.</summary>
    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        agent.RevocationList.Restore();
        using FolderWatch sessions = new(agent.Folders.Sessions, _sessions.Set);
        using FolderWatch spool = new(agent.Folders.Spool, _spool.Set);
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task[] loops = [TendAsync(stop.Token), AskAboutKeysAsync(stop.Token), WaitForRevocationsAsync(stop.Token), DeliverAsync(stop.Token), RenewAsync(stop.Token)];
        await Task.WhenAny(loops);
        await stop.CancelAsync();
        try
        {
            await Task.WhenAll(loops);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Asked to stop, or unenrolled.
        }

        if (agent.IsOver)
            Terminal.Note(agent.IsEnrolledAnew ? "this machine was enrolled anew: the agent begins again" : "this machine is no longer enrolled: the agent ends");
    }

    public void Dispose()
    {
        _sessions.Dispose();
        _spool.Dispose();
        _keys.Dispose();
    }

    private async Task WaitForRevocationsAsync(CancellationToken cancellationToken)
    {
        BackOff backOff = new();
        while (true)
        {
            DateTimeOffset asked = Clock.Now;
            AgentState before = agent.State;
            TimeSpan pause = TimeSpan.Zero;
            try
            {
                TaggedAnswer answer = await RefreshRevocationList.WaitAsync(agent, cancellationToken);
                if (answer.Content is not null)
                    await RefreshTrust.TryRunAsync(agent, cancellationToken);
                if (await RefreshRevocationList.TakeAsync(agent, answer, cancellationToken))
                    NoteNewList();
                if (Clock.Now - asked < HeldBack && WasNotHeldBack(before))
                    pause = BetweenPolls;
                backOff.Reset();
            }
            catch (Exception error) when (error is CommandFailedException or IOException or UnauthorizedAccessException)
            {
                Note("revocation list", error);
                pause = backOff.Next();
            }

            await Task.Delay(pause, cancellationToken);
        }
    }

    // Who asked without a tag could only be answered at once. The same version is an answer at once too where several instances of a broker
    // each build it for themselves, and asking them in turn for ever would be no waiting.
    private bool WasNotHeldBack(AgentState before) =>
        before.RevocationListTag is not null && before.RevocationListVersion == agent.State.RevocationListVersion;

    private void NoteNewList()
    {
        Terminal.Note($"revocation list {agent.State.RevocationListVersion} is in force");
        _reportIsDue = true;
        _sessions.Set();
        _keys.Set();
        _spool.Set();
    }

    private async Task TendAsync(CancellationToken cancellationToken)
    {
        while (!agent.IsOver)
        {
            try
            {
                agent.RevocationList.Restore();
                if (await _keeper.TendAsync())
                    _spool.Set();
            }
            catch (Exception error) when (error is CommandFailedException or IOException or UnauthorizedAccessException)
            {
                Note("sessions", error);
            }

            await _sessions.WaitAsync(Tick, cancellationToken);
        }
    }

    // A loop of its own: a broker that hangs must not delay what the revocation list demands.
    private async Task AskAboutKeysAsync(CancellationToken cancellationToken)
    {
        KeyQuestions questions = new(agent);
        BackOff backOff = new();
        while (true)
        {
            KeyAnswers answers = await questions.AskAsync(cancellationToken);
            _keeper.Refuse(answers.Refused);
            if (answers.Refused.Count > 0)
                _sessions.Set();
            if (answers.IsComplete)
                backOff.Reset();
            await _keys.WaitAsync(answers.IsComplete ? BetweenKeys : backOff.Next(), cancellationToken);
        }
    }

    private async Task DeliverAsync(CancellationToken cancellationToken)
    {
        BackOff backOff = new();
        while (true)
        {
            TimeSpan pause = TimeSpan.Zero;
            try
            {
                await DeliverSpool.RunAsync(agent, cancellationToken);
                if (_reportIsDue)
                {
                    _reportIsDue = false;
                    await ReportHost.RunAsync(agent, [], cancellationToken);
                }

                backOff.Reset();
            }
            catch (Exception error) when (error is CommandFailedException or IOException or UnauthorizedAccessException)
            {
                _reportIsDue = true;
                Note("report", error);
                pause = backOff.Next();
            }

            await Task.Delay(pause, cancellationToken);
            await _spool.WaitAsync(Tick, cancellationToken);
        }
    }

    private async Task RenewAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            IReadOnlyList<StepResult> results = await new RefreshRun(agent).RenewalsAsync(cancellationToken);
            foreach (StepResult result in results.Where(result => result.Problem is not null && !agent.IsOver))
                Terminal.Error($"{result.Step}: {result.Problem}");
            _reportIsDue = true;
            _spool.Set();
            await Task.Delay(BetweenRenewals, cancellationToken);
        }
    }

    // A broker that is away is said once a minute by the renewals, and shown by host status; the journal of the machine need not hold every attempt.
    private void Note(string step, Exception error)
    {
        string text = $"{step}: {error.Message}";
        if (agent.State.LastError == text || agent.IsOver)
            return;
        Terminal.Error(text);
        agent.Update(state => state with { LastError = text, LastErrorTime = Clock.Now });
    }
}
