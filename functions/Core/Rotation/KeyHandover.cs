namespace SshFunctions.Core.Rotation;

/// <summary>The last trust bundle that a journal key signed: it names the key that signs after it.</summary>
/// <remarks>A host that was away through a whole rotation, or several, follows these from the key that it holds to the one in force.</remarks>
/// <param name="Statement">The bundle, JSON.</param>
/// <param name="Signature">Armored SSHSIG over its UTF-8 bytes.</param>
public sealed record KeyHandover(string Statement, string Signature);
