using System.Collections.Immutable;
using SshFunctions.Ssh.Keys;
using SshFunctions.Ssh.Wire;

namespace SshFunctions.Ssh.Certificates;

public sealed partial record CertificateContent
{
    /// <summary>Writes the bytes the CA signs: the certificate up to its signature.</summary>
    /// <param name="ca">The CA's public key.</param>
    /// <returns>A new array the caller owns.</returns>
    /// <exception cref="ArgumentException">A field breaks the rules for writing; the message names it.</exception>
    public byte[] ToBeSigned(SshPublicKey ca)
    {
        ArgumentNullException.ThrowIfNull(ca);
        if (FindFault() is { } fault)
            throw new ArgumentException(fault);

        //  string   type of the certificate
        //  string   nonce
        //  byte[]   fields of the subject's key
        //  uint64   serial
        //  uint32   1 user, 2 host
        //  string   key id
        //  string   valid principals, each a string
        //  uint64   valid after
        //  uint64   valid before
        //  string   critical options, each a string name and a string data
        //  string   extensions, likewise
        //  string   reserved, empty
        //  string   CA key
        using var writer = new SshWriter(1024);
        writer.WriteString(SubjectKey.Algorithm.CertificateName);
        writer.WriteString(Nonce.Span);
        writer.WriteBytes(SubjectKey.Fields);
        writer.WriteUInt64(Serial);
        writer.WriteUInt32((uint)Type);
        writer.WriteString(KeyId);
        int principals = writer.BeginString();
        foreach (string principal in ValidPrincipals)
            writer.WriteString(principal);
        writer.EndString(principals);
        writer.WriteUInt64(ToWireTime(ValidAfter));
        writer.WriteUInt64(ToWireTime(ValidBefore));
        WriteOptions(writer, CriticalOptions);
        WriteOptions(writer, Extensions);
        writer.WriteString(ReadOnlySpan<byte>.Empty);
        writer.WriteString(ca.Wire.Span);
        return writer.ToArray();
    }

    private static void WriteOptions(SshWriter writer, ImmutableArray<CertificateOption> options)
    {
        int mark = writer.BeginString();
        foreach (CertificateOption option in options)
        {
            writer.WriteString(option.Name);
            writer.WriteString(option.Data.Span);
        }

        writer.EndString(mark);
    }

    private static ulong ToWireTime(DateTimeOffset time) =>
        time == Forever ? ulong.MaxValue : (ulong)time.ToUnixTimeSeconds();

    private string? FindFault()
    {
        if (Nonce.Length != NonceBytes)
            return $"The nonce has {Nonce.Length} bytes, not {NonceBytes}.";
        if (Type is not (CertificateType.User or CertificateType.Host))
            return "The type is neither user nor host.";
        if (Certificates.KeyId.FindFault(KeyId) is { } keyIdFault)
            return keyIdFault;
        if (ValidPrincipals.IsDefaultOrEmpty || ValidPrincipals.Length > MaximumPrincipals)
            return $"A certificate has 1 to {MaximumPrincipals} principals.";
        foreach (string principal in ValidPrincipals)
        {
            if (Principal.FindFault(principal) is { } principalFault)
                return principalFault;
        }

        if (!IsWritable(ValidAfter) || !(ValidBefore == Forever || IsWritable(ValidBefore)) || ValidAfter >= ValidBefore)
            return "The validity must begin before it ends, in whole seconds since 1970.";
        if (CriticalOptions.IsDefault || CertificateOption.FindDisorder(CriticalOptions) is not null)
            return "The critical options must be sorted by name, each once.";
        if (Extensions.IsDefault || CertificateOption.FindDisorder(Extensions) is not null)
            return "The extensions must be sorted by name, each once.";
        return null;
    }

    private static bool IsWritable(DateTimeOffset time) =>
        time >= DateTimeOffset.UnixEpoch && time.Ticks % TimeSpan.TicksPerSecond == 0;
}
