namespace SshFunctions.Api;

/// <summary>Answer of MintPasscode: the only time that the passcode is shown.</summary>
/// <param name="Passcode">For a stock client's password prompt; case, spaces and <c>-</c> don't matter.</param>
/// <param name="Serial">Of the journal entry that recorded it; names it without opening anything.</param>
/// <param name="Resource">The only resource that it is for.</param>
/// <param name="Login">The only unix account that it is for.</param>
/// <param name="Instance">The only instance that it is for; null for any.</param>
/// <param name="SourceAddress">The only address that it counts from; null for any that the grant allows.</param>
/// <param name="Expires">UTC, exclusive.</param>
/// <param name="Grant">The grant that allowed it.</param>
/// <param name="Host">Where to connect, for people: one address of the resource or instance; null when it has none of its own.</param>
/// <param name="Port">TCP port of <paramref name="Host"/>.</param>
public sealed record PasscodeResponse(
    string Passcode,
    ulong Serial,
    string Resource,
    string Login,
    int? Instance,
    string? SourceAddress,
    DateTimeOffset Expires,
    string Grant,
    string? Host = null,
    int? Port = null)
{
    /// <summary>The record without the passcode: a record prints its members.</summary>
    /// <returns>The serial.</returns>
    public override string ToString() => $"{nameof(PasscodeResponse)} {{ Serial = {Serial} }}";
}
