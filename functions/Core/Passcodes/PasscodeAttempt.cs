using System.Net;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Hosts;
using SshFunctions.Core.Resources;

namespace SshFunctions.Core.Passcodes;

/// <summary>Somebody typed something at a host's password prompt.</summary>
/// <param name="Caller">The host as a caller.</param>
/// <param name="Host">The host.</param>
/// <param name="Login">The account that was asked for.</param>
/// <param name="Source">Where the client connects from; null when the host does not know.</param>
internal sealed record PasscodeAttempt(Caller Caller, EnrolledHost Host, Login Login, IPAddress? Source);
