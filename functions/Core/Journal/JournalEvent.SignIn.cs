namespace SshFunctions.Core.Journal;

public abstract partial record JournalEvent
{
    /// <summary>Somebody signed in with a registered SSH key and got an access token.</summary>
    /// <param name="SshKey">Fingerprint of the key.</param>
    /// <param name="Token">Public half of the token.</param>
    /// <param name="Expires">UTC, exclusive: the token's end.</param>
    public sealed record SignedIn(string SshKey, string Token, DateTimeOffset Expires) : JournalEvent;

    /// <summary>Somebody who holds a registered SSH key was not let in with it.</summary>
    /// <param name="SshKey">Fingerprint of the key.</param>
    /// <param name="Reason">Why.</param>
    public sealed record SignInRefused(string SshKey, string Reason) : JournalEvent;

    /// <summary>Somebody signed in to the portal in a browser; the entry's caller names the issuer.</summary>
    /// <param name="Expires">UTC, exclusive: the end of the token.</param>
    public sealed record PortalSignedIn(DateTimeOffset Expires) : JournalEvent;
}
