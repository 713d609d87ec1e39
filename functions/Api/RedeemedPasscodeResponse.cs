namespace SshFunctions.Api;

/// <summary>Answer of RedeemPasscode: this once, the client may enter.</summary>
/// <param name="Serial">Of the journal entry that recorded the passcode.</param>
/// <param name="Subject">Who minted it.</param>
/// <param name="Login">Unix account.</param>
/// <param name="Instance">The instance that it is bound to; null for none.</param>
/// <param name="Grant">The grant that allowed it.</param>
public sealed record RedeemedPasscodeResponse(ulong Serial, string Subject, string Login, int? Instance, string Grant);
