using SshFunctions.Core.Callers;

namespace SshFunctions.Core.GitPasswords;

/// <summary>A new password with its secret: the only time both are together.</summary>
/// <param name="Password">The password, without its secret.</param>
/// <param name="Secret">Its secret; the owner disposes it.</param>
public sealed record MintedGitPassword(GitPassword Password, Secret Secret);
