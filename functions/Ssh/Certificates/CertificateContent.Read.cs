using System.Collections.Immutable;
using System.Runtime.InteropServices;
using SshFunctions.Ssh.Keys;
using SshFunctions.Ssh.Keys.Algorithms;
using SshFunctions.Ssh.Wire;

namespace SshFunctions.Ssh.Certificates;

public sealed partial record CertificateContent
{
    private const ulong LastSecond = 253402300799; // 9999-12-31T23:59:59Z, the last that DateTimeOffset can say

    /// <summary>Reads the content and leaves the reader before the reserved field.</summary>
    /// <param name="reader">At the start of a certificate.</param>
    /// <param name="bytes">What the reader reads.</param>
    /// <returns>The content; meaningless when the reader has failed.</returns>
    internal static CertificateContent? Read(ref SshReader reader, ReadOnlySpan<byte> bytes)
    {
        //  string   type of the certificate
        string type = reader.ReadText("certificate type");
        KeyAlgorithm? algorithm = KeyAlgorithm.FindCertificate(type);
        if (algorithm is null)
        {
            reader.FailAt(0, "certificate type", KeyLine.IsDsa(type) ? "is ssh-dss, " + KeyLine.WhyNotDsa : "is not a supported one");
            return null;
        }

        //  string   nonce
        //  byte[]   fields of the subject's key
        byte[] nonce = reader.ReadString("nonce").ToArray();
        int start = reader.Position;
        algorithm.ReadFields(ref reader);
        SshPublicKey subject = SshPublicKey.FromFields(algorithm, bytes[start..reader.Position]);

        //  uint64   serial
        //  uint32   1 user, 2 host
        //  string   key id
        //  string   valid principals, each a string
        //  uint64   valid after
        //  uint64   valid before
        //  string   critical options, each a string name and a string data
        //  string   extensions, likewise
        var content = new CertificateContent
        {
            Nonce = nonce,
            SubjectKey = subject,
            Serial = reader.ReadUInt64("serial"),
            Type = ReadType(ref reader),
            KeyId = reader.ReadText("key id"),
            ValidPrincipals = ReadPrincipals(ref reader),
            ValidAfter = ReadTime(ref reader, "valid after"),
            ValidBefore = ReadTime(ref reader, "valid before"),
            CriticalOptions = ReadOptions(ref reader, "critical options"),
            Extensions = ReadOptions(ref reader, "extensions"),
        };
        return reader.Failed ? null : content;
    }

    private static CertificateType ReadType(ref SshReader reader)
    {
        int start = reader.Position;
        uint type = reader.ReadUInt32("type");
        if (type is 1 or 2)
            return (CertificateType)type;
        reader.FailAt(start, "type", "is neither 1 (user) nor 2 (host)");
        return default;
    }

    private static DateTimeOffset ReadTime(ref SshReader reader, string field)
    {
        int start = reader.Position;
        ulong seconds = reader.ReadUInt64(field);
        if (seconds == ulong.MaxValue)
            return Forever;
        if (seconds <= LastSecond)
            return DateTimeOffset.FromUnixTimeSeconds((long)seconds);
        reader.FailAt(start, field, "is after the year 9999");
        return default;
    }

    private static ImmutableArray<string> ReadPrincipals(ref SshReader reader)
    {
        int start = reader.Position;
        ReadOnlySpan<byte> bytes = reader.ReadString("valid principals");
        if (bytes.IsEmpty)
            return [];

        var nested = new SshReader(bytes);
        var principals = new List<string>();
        while (!nested.Failed && nested.Remaining > 0 && principals.Count <= MaximumPrincipals)
            principals.Add(nested.ReadText("principal"));
        if (nested.Failed || principals.Count > MaximumPrincipals)
            reader.FailAt(start, "list of valid principals", nested.Failed ? "is malformed" : $"has more than {MaximumPrincipals} names");
        return [.. principals];
    }

    private static ImmutableArray<CertificateOption> ReadOptions(ref SshReader reader, string field)
    {
        int start = reader.Position;
        ReadOnlySpan<byte> bytes = reader.ReadString(field);
        if (bytes.IsEmpty)
            return [];

        var nested = new SshReader(bytes);
        var options = new List<CertificateOption>();
        while (!nested.Failed && nested.Remaining > 0)
        {
            string name = nested.ReadText("name");
            byte[] data = nested.ReadString("data").ToArray();
            if (!IsName(name))
            {
                reader.FailAt(start, $"list of {field}", "has a malformed name");
                return [];
            }

            options.Add(new CertificateOption(name, data));
        }

        CertificateOption[] read = [.. options];
        ImmutableArray<CertificateOption> all = ImmutableCollectionsMarshal.AsImmutableArray(read);
        if (nested.Failed)
            reader.FailAt(start, $"list of {field}", "is malformed");
        else if (CertificateOption.FindDisorder(all) is not null && read.DistinctBy(option => option.Name).Count() != read.Length)
            reader.FailAt(start, $"list of {field}", "has the same name twice");
        return all;
    }

    private static bool IsName(string name) => name.Length > 0 && !name.AsSpan().ContainsAnyExceptInRange('!', '~');
}
