using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SshFunctions.Ssh.Keys;
using SshFunctions.Ssh.Signatures;

namespace SshFunctions.Hooks.Audit;

/// <summary>A checkpoint as its statement says.</summary>
internal sealed class CheckpointLine
{
    private const string SignatureNamespace = "sshfn-checkpoint";

    private readonly string _statement;
    private readonly string _signature;

    private CheckpointLine(string statement, string signature, JsonElement root)
    {
        (_statement, _signature) = (statement, signature);
        Number = root.GetProperty("checkpoint").GetInt64();
        Time = root.GetProperty("time").GetDateTimeOffset();
        Previous = Required(root, "previous");
        Size = root.GetProperty("size").GetInt64();
        Root = Required(root, "root");
        Frozen = root.GetProperty("frozen").GetInt64();
        FrozenRoot = Required(root, "frozenRoot");
        Heads = [.. root.GetProperty("heads").EnumerateArray().Select(head => HeadOf(head, Number))];
        Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(statement)));
    }

    internal long Number { get; }

    internal DateTimeOffset Time { get; }

    internal string Previous { get; }

    internal long Size { get; }

    internal string Root { get; }

    internal long Frozen { get; }

    internal string FrozenRoot { get; }

    internal IReadOnlyList<SealedHead> Heads { get; }

    /// <summary>SHA-256 of the statement.</summary>
    internal string Hash { get; }

    /// <summary>Reads a statement; a fault when it is none.</summary>
    internal static CheckpointLine Parse(string? statement, string? signature)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(statement ?? "");
            return new CheckpointLine(statement!, signature ?? "", document.RootElement);
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw AuditFaultException.Of("checkpoint", "a checkpoint can't be read: its statement was changed");
        }
    }

    /// <summary>Reads <c>{"checkpoint":…,"signature":…}</c> of an export, or a checkpoint as the API lists it.</summary>
    internal static CheckpointLine Parse(JsonElement line)
    {
        try
        {
            string? statement = Text(line, "statement") ?? Text(line, "checkpoint");
            return Parse(statement, Text(line, "signature"));
        }
        catch (InvalidOperationException)
        {
            throw AuditFaultException.Of("checkpoint", "a checkpoint can't be read: it holds what is no text");
        }
    }

    /// <summary>Why its signature is none of some keys'; null when it is.</summary>
    internal AuditFault? FaultOfSignature(IReadOnlyCollection<SshPublicKey> keys) => FaultOfSignature(keys, out _);

    /// <summary>Why its signature is none of some keys', and who signed; null when it is.</summary>
    internal AuditFault? FaultOfSignature(IReadOnlyCollection<SshPublicKey> keys, out SshPublicKey? signer)
    {
        if (!SshSig.Verify(_signature, SignatureNamespace, Encoding.UTF8.GetBytes(_statement), out signer, out string? reason))
            return new AuditFault("signature", $"checkpoint {Number} is not signed: {reason}");
        return keys.Contains(signer)
            ? null
            : new AuditFault("key", $"checkpoint {Number} is signed by {signer.Fingerprint}, which is no journal key that you gave");
    }

    private static string? Text(JsonElement line, string name) =>
        line.ValueKind == JsonValueKind.Object && line.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string Required(JsonElement root, string name) =>
        root.GetProperty(name).GetString() ?? throw new FormatException($"{name} is null");

    private static SealedHead HeadOf(JsonElement head, long checkpoint)
    {
        byte[] hash = Convert.FromHexString(Required(head, "head"));
        long segment = head.GetProperty("segment").GetInt64();
        int last = head.GetProperty("last").GetInt32();
        return hash.Length == SHA256.HashSizeInBytes && segment > 0 && last >= 0
            ? new SealedHead(segment, last, hash, checkpoint)
            : throw new FormatException("a head is 32 bytes, and its place a number of a segment and of an entry");
    }
}
