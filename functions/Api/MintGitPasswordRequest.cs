namespace SshFunctions.Api;

/// <summary>Body of MintGitPassword.</summary>
/// <param name="Host">Host name or address of the git server, as the URL has it.</param>
/// <param name="Port">TCP port, 1 to 65535; 443 when absent. A git server is a resource that is reached at that host and port.</param>
/// <param name="Login">As whom; <c>git</c> when absent. It is what git sends as user name.</param>
public sealed record MintGitPasswordRequest(string Host, int? Port = null, string? Login = null);
