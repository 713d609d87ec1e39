using System.Text.Json;
using SshFunctions.Api;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Outside;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.Hooks.Audit;

/// <summary>The journal's public keys, from a file that somebody kept apart from the export.</summary>
internal static class JournalKeys
{
    private const int LargestBytes = 256 * 1024;

    /// <summary>Reads a trust bundle, or lines of public keys.</summary>
    internal static IReadOnlyCollection<SshPublicKey> Read(string path)
    {
        string text = InputFile.Read(path, LargestBytes);
        return text.TrimStart().StartsWith('{') ? Bundle(text, path) : Lines(text, path);
    }

    private static HashSet<SshPublicKey> Bundle(string text, string path)
    {
        try
        {
            TrustBundleResponse? bundle = JsonSerializer.Deserialize(text, Contract.Json.TrustBundleResponse);
            return [.. (bundle?.JournalKeys ?? []).Select(key => Parse(key.PublicKey, path))];
        }
        catch (JsonException)
        {
            throw new CommandFailedException(ExitCode.Usage, $"{path} is neither a trust bundle nor a public key", "save it with: curl BROKER/api/ca");
        }
    }

    private static HashSet<SshPublicKey> Lines(string text, string path) =>
        [.. text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#').Select(line => Parse(line, path))];

    private static SshPublicKey Parse(string line, string path) => SshPublicKey.TryParse(line, out SshPublicKey? key, out string? reason)
        ? key
        : throw new CommandFailedException(ExitCode.Usage, $"{path} holds no public key: {reason}", "it is the journal's, as in: curl BROKER/api/ca");
}
