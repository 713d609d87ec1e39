using SshFunctions.Core.Callers;
using SshFunctions.Core.Hosts;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Ports;
using SshFunctions.Ssh.Certificates;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.Core.Sessions;

/// <summary>Records logins and logouts that hosts tell, each once, and raises an alarm for a login that nothing explains.</summary>
public sealed class SessionRecorder
{
    private const string Explained = "explained";
    private const string Alarm = "unexplained:";
    private readonly SessionExplainer _explainer;
    private readonly HostEvents _events;
    private readonly JournalWriter _journal;
    private readonly TimeProvider _clock;

    /// <summary>Makes it; touches nothing yet.</summary>
    /// <param name="explainer">Looks for what explains a login.</param>
    /// <param name="store">Remembers what was told.</param>
    /// <param name="journal">Where it is recorded.</param>
    /// <param name="clock">Times.</param>
    public SessionRecorder(SessionExplainer explainer, IStore store, JournalWriter journal, TimeProvider clock)
    {
        _explainer = explainer;
        _events = new HostEvents(store, clock);
        _journal = journal;
        _clock = clock;
    }

    /// <summary>Records what a host tells, oldest first.</summary>
    /// <param name="caller">The host's own proof.</param>
    /// <param name="host">The host that the caller is.</param>
    /// <param name="sessions">What happened; telling one again changes nothing.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The logins that nothing explains; <see cref="Refusal.Unavailable"/> while another request records one of them.</returns>
    /// <exception cref="StoreUnavailableException">The store is away; telling it again does the rest.</exception>
    public async Task<Result<IReadOnlyList<UnexplainedSession>>> RecordAsync(
        Caller caller, EnrolledHost host, IEnumerable<ToldSession> sessions, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(sessions);
        var unexplained = new List<UnexplainedSession>();
        foreach (ToldSession session in sessions)
        {
            bool isNew = false;
            Result<string> result = await _events.OnceAsync(host.Id, $"s:{session.Id}:{session.Step}", async () =>
            {
                isNew = true;
                return await RecordAsync(caller, host, session, cancellationToken);
            }, cancellationToken);
            if (!result.Try(out string? outcome, out Refusal? refusal)) return refusal;
            if (outcome.StartsWith(Alarm, StringComparison.Ordinal))
                unexplained.Add(new UnexplainedSession(session.Id, session.Login, outcome[Alarm.Length..], isNew));
        }

        return unexplained;
    }

    private async Task<string> RecordAsync(Caller caller, EnrolledHost host, ToldSession session, CancellationToken cancellationToken)
    {
        SessionFinding finding = session.Step == SessionStep.Opened
            ? await _explainer.ExplainAsync(host, session, _clock.GetUtcNow(), cancellationToken)
            : FindingOf(session);
        // The alarm first: whoever dies between the two has raised it.
        if (finding.Fault is not null) await _journal.AppendAsync(caller, AlarmOf(host, session, finding), cancellationToken);
        string? grant = finding.Fault is null ? await _explainer.FindGrantAsync(host, session, finding.Serial, cancellationToken) : null;
        await _journal.AppendAsync(caller, EventOf(host, session, finding, grant), cancellationToken);
        return finding.Fault is null ? Explained : Alarm + finding.Fault;
    }

    /// <summary>What a logout names again, unproved: its login was looked at when it was told.</summary>
    private static SessionFinding FindingOf(ToldSession session)
    {
        if (SshCertificate.TryParse(session.Certificate, out SshCertificate? certificate, out _))
            return new SessionFinding(certificate.Content.Serial, certificate.Content.KeyId, certificate.Content.SubjectKey.Fingerprint.ToString(), null);
        return SshPublicKey.TryParse(session.Key, out SshPublicKey? key, out _)
            ? new SessionFinding(null, null, key.Fingerprint.ToString(), null)
            : new SessionFinding(session.Serial, null, null, null);
    }

    private static JournalEvent.SessionUnexplained AlarmOf(EnrolledHost host, ToldSession session, SessionFinding finding) => new(
        host.Id, host.Resource, session.Id, session.Login, WordOf(session.Method), session.Source, finding.Serial, finding.KeyId, finding.Fingerprint,
        session.Time, finding.Fault!);

    private static JournalEvent EventOf(EnrolledHost host, ToldSession session, SessionFinding finding, string? grant)
    {
        string method = WordOf(session.Method);
        return session.Step switch
        {
            SessionStep.Opened => new JournalEvent.SessionOpened(
                host.Id, host.Resource, session.Id, session.Login, method, session.Source, finding.Serial, finding.KeyId, finding.Fingerprint, session.Time,
                grant),
            SessionStep.Closed => new JournalEvent.SessionClosed(
                host.Id, host.Resource, session.Id, session.Login, method, session.Source, finding.Serial, finding.KeyId, finding.Fingerprint, session.Time,
                grant),
            _ => new JournalEvent.SessionEnded(
                host.Id, host.Resource, session.Id, session.Login, method, session.Source, finding.Serial, finding.KeyId, finding.Fingerprint, session.Time,
                session.Reason, grant),
        };
    }

    private static string WordOf(SessionMethod method) => method switch
    {
        SessionMethod.Certificate => "certificate",
        SessionMethod.Key => "key",
        SessionMethod.Passcode => "passcode",
        _ => "other",
    };
}
