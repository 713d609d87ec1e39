using SshFunctions.Core.Callers;

namespace SshFunctions.Core.Passcodes;

/// <summary>Says whose a passcode is, in the list by expiry.</summary>
/// <param name="Subject">Who got it.</param>
internal sealed record PasscodeEnd(Subject Subject);
