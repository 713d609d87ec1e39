using System.Net;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Hosts;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Resources;

namespace SshFunctions.Core.Passcodes;

public sealed partial class PasscodeRegistry
{
    // One text for whatever is wrong: who stands at a password prompt learns nothing about passcodes of others.
    private static readonly Refusal.Denied NotGood = new(
        "the passcode is not good for this login on this host now", "get a new one: sshfn code RESOURCE, and type it within its life");

    /// <summary>Lets a passcode open one login on one host, once.</summary>
    /// <remarks>
    /// Everything is checked, then the passcode is claimed by compare-and-swap, then the redemption recorded, then answered: of any number
    /// of redemptions at once, over any number of brokers, one succeeds. Whatever is wrong leaves the passcode as it was, except a
    /// journal that can't be written after the claim: then it is spent and opened nothing.
    /// </remarks>
    /// <param name="caller">The host as a caller.</param>
    /// <param name="host">The host at whose prompt it was typed.</param>
    /// <param name="typed">What was typed.</param>
    /// <param name="login">The account that was asked for.</param>
    /// <param name="source">Where the client connects from; null when the host does not know.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>
    /// The passcode; <see cref="Refusal.Denied"/> in the same words for every cause, recorded with the true one, once for each lock; or
    /// <see cref="Refusal.Unavailable"/> when the redemption could not be recorded.
    /// </returns>
    /// <exception cref="StoreUnavailableException">The store is away, or a wrong code could not be counted; nothing was opened.</exception>
    public async Task<Result<Passcode>> RedeemAsync(
        Caller caller, EnrolledHost host, Secret typed, Login login, IPAddress? source, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(typed);
        var attempt = new PasscodeAttempt(caller, host, login, Plain(source));
        var target = new GuessTarget(host.Id, login, attempt.Source);
        if (await _guesses.FindLockAsync(target, cancellationToken) is { } until)
        {
            // Once for each lock: whoever goes on guessing must not fill the journal.
            return await _guesses.TryTellAsync(target, cancellationToken)
                ? await RejectAsync(attempt, $"too many wrong codes: locked until {until.UtcDateTime:u}", null, cancellationToken)
                : NotGood;
        }

        Stored<Passcode>? read = PasscodeText.TryHash(host.Resource, typed, out string? hash)
            ? await _documents.ReadAsync(hash, cancellationToken)
            : null;
        if (GuessIn(attempt, read?.Value, hash is not null) is { } guess)
        {
            await _guesses.CountAsync(target, cancellationToken);
            return await RejectAsync(attempt, guess, read?.Value, cancellationToken);
        }

        if (await FaultOfAsync(attempt, read!.Value, cancellationToken) is { } fault)
            return await RejectAsync(attempt, fault, read.Value, cancellationToken);
        return await ClaimAsync(attempt, read, cancellationToken);
    }

    private async Task<Result<Passcode>> ClaimAsync(PasscodeAttempt attempt, Stored<Passcode> read, CancellationToken cancellationToken)
    {
        Passcode claimed = read.Value with { RedeemedBy = attempt.Host.Id };
        if (!await _documents.TryReplaceAsync(read, claimed, cancellationToken))
            return await RejectAsync(attempt, "it was used or revoked at the same time", read.Value, cancellationToken);
        try
        {
            var redeemed = new JournalEvent.PasscodeRedeemed(
                claimed.Resource, claimed.Login, attempt.Host.Id, attempt.Source?.ToString(), claimed.Serial, claimed.Subject);
            // The host may go away; what was claimed is recorded all the same.
            await _journal.AppendAsync(attempt.Caller, redeemed, CancellationToken.None);
            return claimed;
        }
        catch (StoreUnavailableException)
        {
            return new Refusal.Unavailable("the login could not be recorded, and the passcode is spent", TimeSpan.FromSeconds(1));
        }
    }

    /// <summary>What makes it a guess: no passcode of this resource, or one that was not made for this login, instance or source.</summary>
    private static string? GuessIn(PasscodeAttempt attempt, Passcode? passcode, bool hasForm)
    {
        if (passcode is null) return hasForm ? "there is no such passcode for this resource" : "it has not the form of a passcode";
        if (passcode.Login != attempt.Login) return $"it is for login {passcode.Login}";
        if (passcode.Instance is { } instance && attempt.Host.Instance is { } here && instance != here) return $"it is for instance {instance}, not {here}";
        return passcode.Source is { } source && source != attempt.Source?.ToString() ? $"it is for a client at {source}" : null;
    }

    private async Task<string?> FaultOfAsync(PasscodeAttempt attempt, Passcode passcode, CancellationToken cancellationToken)
    {
        DateTimeOffset now = _clock.GetUtcNow();
        if (passcode.RedeemedBy is not null) return "it was used already";
        if (now >= passcode.Expires) return $"it expired at {passcode.Expires.UtcDateTime:u}";
        if (passcode.Revoked || await _revocations.FindSerialAsync(passcode.Serial, cancellationToken) is not null) return "it is revoked";
        if (await _tree.FindResourceAsync(passcode.Resource, cancellationToken) is not { } resource) return "the resource was removed";
        // The grant that bought it must still allow it: another one, which might not name addresses, does not stand in.
        AccessDecision decision = await _access.DecideByAsync(
            passcode.Grant, passcode.Owner, resource, passcode.Login, now, AccessMeans.Passcode, cancellationToken);
        return decision switch
        {
            AccessDecision.Refused refused => refused.Deciding.Detail,
            AccessDecision.Allowed allowed when !SourceAddresses.Allow(allowed.Limits.SourceAddresses, attempt.Source) =>
                $"grant {passcode.Grant} allows it from other addresses only",
            _ => null,
        };
    }

    private async Task<Result<Passcode>> RejectAsync(
        PasscodeAttempt attempt, string reason, Passcode? passcode, CancellationToken cancellationToken)
    {
        var rejected = new JournalEvent.PasscodeRejected(
            attempt.Host.Resource, attempt.Login, attempt.Host.Id, attempt.Source?.ToString(), reason, passcode?.Serial);
        await _journal.AppendAsync(attempt.Caller, rejected, cancellationToken);
        return NotGood;
    }

    // A socket that listens on both families tells an IPv4 client as ::ffff:a.b.c.d.
    private static IPAddress? Plain(IPAddress? address) => address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
}
