using SshFunctions.Core.Hosts;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Revocations;

namespace SshFunctions.Core.Sessions;

public sealed partial class SessionExplainer
{
    private async Task<SessionFinding> ExplainPasscodeAsync(EnrolledHost host, ToldSession session, CancellationToken cancellationToken)
    {
        var finding = new SessionFinding(session.Serial, null, null, null);
        if (session.Serial is not { } serial) return finding with { Fault = "the host names no passcode" };
        JournalEntry? entry = JournalPosition.TryFromSerial(serial, out JournalPosition position)
            ? await _reader.FindAsync(position, cancellationToken)
            : null;
        if (entry?.Event is not JournalEvent.PasscodeIssued issued) return finding with { Fault = $"no entry of the journal issued passcode {serial}" };
        string? fault = await FindRedemptionAsync(host, serial, entry.Time, cancellationToken) is { } redemption
            ? FaultOfRedemption(session, issued, redemption)
            : $"passcode {serial} opened nothing on this host";
        fault ??= await FaultOfRevocationAsync(session, entry, cancellationToken) ?? await FaultOfReuseAsync(host, session, serial, cancellationToken);
        return finding with { Fault = fault };
    }

    /// <summary>The entry of a passcode's redemption by a host; it lies after the one of its mint.</summary>
    private async Task<JournalEntry?> FindRedemptionAsync(EnrolledHost host, ulong serial, DateTimeOffset minted, CancellationToken cancellationToken)
    {
        // Clocks of several brokers differ a little.
        await foreach (JournalEntry entry in _reader.ReadSinceAsync(minted - Tolerance, new JournalSieve(host.Id.Text), cancellationToken))
        {
            if (entry.Event is JournalEvent.PasscodeRedeemed redeemed && redeemed.Passcode == serial && redeemed.Host == host.Id) return entry;
        }

        return null;
    }

    private static string? FaultOfRedemption(ToldSession session, JournalEvent.PasscodeIssued issued, JournalEntry redemption)
    {
        if (issued.Login.Text != session.Login) return $"the passcode was issued for login {issued.Login}";
        return (session.Time - redemption.Time).Duration() > Tolerance ? $"the passcode was used at {redemption.Time.UtcDateTime:u}, not then" : null;
    }

    private async Task<string?> FaultOfRevocationAsync(ToldSession session, JournalEntry minted, CancellationToken cancellationToken)
    {
        Revocation?[] revocations =
        [
            await _revocations.FindSerialAsync(minted.Position.Serial, cancellationToken),
            await _revocations.FindSubjectAsync(minted.Caller.Subject, cancellationToken),
        ];
        return FaultOf(session, revocations.FirstOrDefault(revocation => revocation?.Created + Tolerance <= session.Time));
    }

    /// <summary>A passcode opens one connection: whoever names it again got in by something else.</summary>
    private async Task<string?> FaultOfReuseAsync(EnrolledHost host, ToldSession session, ulong serial, CancellationToken cancellationToken)
    {
        Result<string> opened = await _events.OnceAsync(host.Id, $"p:{serial}", () => Task.FromResult(session.Id), cancellationToken);
        return opened.Value == session.Id ? null : "the passcode opened another session";
    }
}
