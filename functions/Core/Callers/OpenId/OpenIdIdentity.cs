using SshFunctions.Core.Hosts;

namespace SshFunctions.Core.Callers.OpenId;

/// <summary>Whom a token proves.</summary>
/// <param name="Caller">The caller.</param>
/// <param name="SingleUse">What is to be spent before anything is done; null where a token may be used again.</param>
/// <param name="Host">Which part of the tree the machine is that holds the token; null where its issuer's mapping makes no host of it.</param>
public sealed record OpenIdIdentity(Caller Caller, SingleUse? SingleUse, HostPlace? Host = null);
