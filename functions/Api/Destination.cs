namespace SshFunctions.Api;

/// <summary>What a client is about to reach, as ssh knows it.</summary>
/// <param name="Host">Host name or address after ssh's own configuration (<c>%h</c>).</param>
/// <param name="Port">TCP port (<c>%p</c>), 1 to 65535.</param>
/// <param name="Login">Unix account (<c>%r</c>).</param>
public sealed record Destination(string Host, int Port, string Login);
