namespace SshFunctions.Core.Callers.OpenId;

/// <summary>Whom a token proves.</summary>
/// <param name="Caller">The caller.</param>
/// <param name="SingleUse">What is to be spent before anything is done; null where a token may be used again.</param>
public sealed record OpenIdIdentity(Caller Caller, SingleUse? SingleUse);
