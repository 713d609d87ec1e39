using System.Net;
using SshFunctions.Core.Resources;

namespace SshFunctions.Core.Passcodes;

/// <summary>What a caller wants a passcode for, with the resource resolved.</summary>
/// <param name="Resource">What it shall open.</param>
/// <param name="Login">As whom.</param>
/// <param name="Instance">Which numbered instance; null for any.</param>
/// <param name="Source">Where the client will connect from; null for anywhere that the grant allows.</param>
/// <param name="Life">Wished life, <see cref="PasscodeRegistry.MinimumLife"/> to <see cref="PasscodeRegistry.MaximumLife"/>; null for the default.</param>
public sealed record PasscodeOrder(Resource Resource, Login Login, int? Instance, IPAddress? Source, TimeSpan? Life);
