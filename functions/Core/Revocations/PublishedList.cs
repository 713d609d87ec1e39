namespace SshFunctions.Core.Revocations;

/// <summary>The revocation list as hosts fetch it.</summary>
/// <param name="Version">Grows by one with every change; the KRL carries it.</param>
/// <param name="Id">Tells apart two builds of one version; the same for list and signature.</param>
/// <param name="Krl">OpenSSH's binary form.</param>
/// <param name="Signature">Armored SSHSIG over <paramref name="Krl"/> by the journal key.</param>
public sealed record PublishedList(long Version, string Id, ReadOnlyMemory<byte> Krl, string Signature);
