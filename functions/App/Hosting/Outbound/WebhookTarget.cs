using SshFunctions.Core;
using SshFunctions.Core.Forwarding;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Webhooks;

namespace SshFunctions.App.Hosting.Outbound;

/// <summary>Sends journal entries as signed webhooks.</summary>
internal sealed class WebhookTarget(string name, TargetProfile.Webhook profile, OutboundHttp http, TimeProvider clock) : IJournalTarget
{
    public string Description => $"webhook {profile.Address}";

    public int MaximumBatchCount => 100;

    public async Task<Result<Done>> SendAsync(IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.GetUtcNow();
        WebhookStamp stamp = ForwardedBatch.StampOf(name, entries, now);
        byte[] body = ForwardedBatch.Write(entries, now);
        Result<byte[]> answer = await http.PostAsync(profile.Address, body, SignedHeaders.Of(stamp, body, profile.Secrets), cancellationToken);
        return answer.Try(out _, out Refusal? refusal) ? Done.Instance : refusal;
    }
}
