using System.Text;
using System.Text.Json;
using SshFunctions.Api;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Host;

/// <summary>The signed list of registered keys: read, and believed only after its signature, its host and its resource were looked at.</summary>
internal static class SignedKeys
{
    internal const string SignatureNamespace = "authorized-keys@sshfn";

    private const int LargestBytes = 16 * 1024 * 1024;

    /// <summary>The list that is held here; null when there is none, or none to be believed.</summary>
    internal static AuthorizedKeysDocument? Read(HostFolders folders, HostSettings settings, PinnedTrust trust)
    {
        if (FileFacts.Of(folders.AuthorizedKeys) is null)
            return null;
        HostFiles.RequireReader(folders.AuthorizedKeys);
        Ownership.RequirePrivateFile(folders.AuthorizedKeys);
        try
        {
            AuthorizedKeysResponse? held = JsonSerializer.Deserialize(InputFile.Read(folders.AuthorizedKeys, LargestBytes), Contract.Json.AuthorizedKeysResponse);
            return held is null ? null : Verify(held, settings, trust, out _);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    internal static void Write(HostFolders folders, AuthorizedKeysResponse answer) =>
        Files.Write(folders.AuthorizedKeys, JsonSerializer.SerializeToUtf8Bytes(answer, Contract.Json.AuthorizedKeysResponse), Files.Private);

    /// <summary>The document in an answer; null, and why, when it is not to be believed.</summary>
    internal static AuthorizedKeysDocument? Verify(AuthorizedKeysResponse answer, HostSettings settings, PinnedTrust trust, out string? problem)
    {
        problem = trust.ProblemOfSignature(answer.Signature, SignatureNamespace, Encoding.UTF8.GetBytes(answer.Document));
        if (problem is not null)
            return null;
        AuthorizedKeysDocument? document = Parse(answer.Document);
        problem = document switch
        {
            null => "it is no list of keys",
            _ when document.Host != settings.Host => "it is for another host",
            _ when document.Resource != settings.Resource => "it is for another resource",
            _ => null,
        };
        return problem is null ? document : null;
    }

    private static AuthorizedKeysDocument? Parse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, Contract.Json.AuthorizedKeysDocument);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
