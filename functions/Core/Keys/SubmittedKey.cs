using SshFunctions.Core.Callers;
using SshFunctions.Core.Journal;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.Core.Keys;

/// <summary>Takes a public key as people send it, and answers a private one as it deserves.</summary>
public static class SubmittedKey
{
    /// <summary>Most characters of a key's text: RSA of 16384 bits with a long comment.</summary>
    public const int MaximumLength = 8192;

    /// <summary>Parses a public key. A private key is refused and not kept; that it was sent is recorded with its fingerprint.</summary>
    /// <param name="text">What was sent.</param>
    /// <param name="field">The member it was sent in.</param>
    /// <param name="caller">Who sent it.</param>
    /// <param name="journal">Where a private key is recorded.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The key, or <see cref="Refusal.Invalid"/>.</returns>
    /// <exception cref="Ports.StoreUnavailableException">A private key could not be recorded.</exception>
    public static async Task<Result<SshPublicKey>> ParseAsync(
        string text, string field, Caller caller, JournalWriter journal, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(journal);
        if (PrivateKeyText.LooksPrivate(text))
            await journal.AppendAsync(caller, new JournalEvent.PrivateKeyReceived(PublicHalfOf(text)), cancellationToken);
        return Parse(text, field);
    }

    /// <summary>Parses a public key of somebody who is not known yet, so that nothing is recorded. A private key is refused and not kept.</summary>
    /// <param name="text">What was sent.</param>
    /// <param name="field">The member it was sent in.</param>
    /// <returns>The key, or <see cref="Refusal.Invalid"/>.</returns>
    public static Result<SshPublicKey> Parse(string text, string field)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (PrivateKeyText.LooksPrivate(text))
        {
            string revoke = PublicHalfOf(text) is { } fingerprint ? $"revoke it (sshfn revoke --key {fingerprint} --reason \"its private half was sent\")" : "stop using it";
            return new Refusal.Invalid(
                field,
                "this is a private key; it was refused and not kept",
                $"send the line of the .pub file beside it; this private key has left its owner, so {revoke} and make a new pair");
        }

        if (text.Length > MaximumLength)
            return new Refusal.Invalid(field, $"the key is longer than {MaximumLength} characters", "send one line of a .pub file");
        // The line of a file comes with its line break.
        return SshPublicKey.TryParse(text.Trim(), out SshPublicKey? key, out string? reason)
            ? key!
            : new Refusal.Invalid(field, reason ?? "not a public key", "send one line of a .pub file, such as 'ssh-ed25519 AAAA… name'");
    }

    private static string? PublicHalfOf(string text) =>
        PrivateKeyText.TryGetPublicHalf(text, out SshPublicKey? half) ? half.Fingerprint.ToString() : null;
}
