using Azure.Core;
using Azure.Core.Pipeline;

namespace SshFunctions.Azure.Storage;

/// <summary>Signs requests to tables by the account's key, each try anew because the date is signed.</summary>
/// <remarks>
/// Source: "Authorize with Shared Key", Shared Key Lite for the Table service. What is signed:
/// <code>
/// x-ms-date LF
/// "/" account path-as-sent      ; and "?comp=..." where there is one, which there never is here
/// </code>
/// </remarks>
internal sealed class TablesKeyPolicy(StorageCredential.SharedKey key, TimeProvider clock) : HttpPipelineSynchronousPolicy
{
    public override void OnSendingRequest(HttpMessage message)
    {
        string date = StorageDate.Set(message.Request, clock);
        string signature = key.Sign($"{date}\n/{key.Account}{message.Request.Uri.ToUri().AbsolutePath}");
        message.Request.Headers.SetValue("Authorization", $"SharedKeyLite {key.Account}:{signature}");
    }
}
