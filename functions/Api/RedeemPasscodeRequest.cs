namespace SshFunctions.Api;

/// <summary>Body of RedeemPasscode, sent by the host at whose password prompt it was typed.</summary>
/// <param name="Passcode">What was typed.</param>
/// <param name="Login">Unix account that the client asked for.</param>
/// <param name="SourceAddress">Where the client connects from; null when the host does not know.</param>
public sealed record RedeemPasscodeRequest(string Passcode, string Login, string? SourceAddress = null)
{
    /// <summary>The record without the passcode: a record prints its members.</summary>
    /// <returns>The login.</returns>
    public override string ToString() => $"{nameof(RedeemPasscodeRequest)} {{ Login = {Login} }}";
}
