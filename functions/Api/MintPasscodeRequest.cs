namespace SshFunctions.Api;

/// <summary>Body of MintPasscode.</summary>
/// <param name="Resource">Path of the only resource that it is for.</param>
/// <param name="Login">Unix account; absent: the only login of the resource.</param>
/// <param name="Instance">The only numbered instance that it is for; absent: any.</param>
/// <param name="SourceAddress">The only address that the client may connect from; absent: any that the grant allows.</param>
/// <param name="LifetimeSeconds">Wished life, 30 to 900; absent: 300.</param>
public sealed record MintPasscodeRequest(
    string Resource, string? Login = null, int? Instance = null, string? SourceAddress = null, int? LifetimeSeconds = null);
