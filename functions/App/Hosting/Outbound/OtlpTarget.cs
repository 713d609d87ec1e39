using SshFunctions.Core;
using SshFunctions.Core.Forwarding;
using SshFunctions.Core.Journal;

namespace SshFunctions.App.Hosting.Outbound;

/// <summary>Sends journal entries to an OTLP collector as logs, http/json.</summary>
/// <remarks>What a collector rejects out of a batch that it took (<c>partialSuccess</c>) is not sent again: the protocol forbids it.</remarks>
internal sealed class OtlpTarget(TargetProfile.Otlp profile, OutboundHttp http) : IJournalTarget
{
    public string Description => $"otlp {profile.Address}";

    public int MaximumBatchCount => 100;

    public async Task<Result<Done>> SendAsync(IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken)
    {
        (string, string)[] headers = profile.Authorization is { } authorization ? [("Authorization", authorization.Reveal())] : [];
        Result<byte[]> answer = await http.PostAsync(profile.Address, OtlpLogs.Write(entries, BrokerVersion.Current), headers, cancellationToken);
        return answer.Try(out _, out Refusal? refusal) ? Done.Instance : refusal;
    }
}
