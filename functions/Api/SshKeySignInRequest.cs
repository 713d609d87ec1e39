namespace SshFunctions.Api;

/// <summary>Body of SignInWithSshKey.</summary>
/// <param name="Challenge">As it was handed out.</param>
/// <param name="Signature">Armored SSHSIG over it, as <c>ssh-keygen -Y sign</c> writes it.</param>
public sealed record SshKeySignInRequest(string Challenge, string Signature);
