using System.Collections.Immutable;
using SshFunctions.Core;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Notifications;
using SshFunctions.Core.Webhooks;

namespace SshFunctions.App.Hosting.Outbound;

/// <summary>Makes a subscription of what is written of it.</summary>
internal sealed class SubscriptionBinding(SubscriptionDocument written)
{
    private readonly OutboundBinding _binding = new($"subscription {written.Name}");

    public Result<SubscriptionProfile> Bind()
    {
        NotificationFormat? format = written.Format switch
        {
            "standard" => NotificationFormat.Standard,
            "slack" => NotificationFormat.Slack,
            "teams" => NotificationFormat.Teams,
            _ => null,
        };
        if (format is not { } known) return _binding.Wrong("format", "is none", "choose standard, slack or teams");
        IReadOnlyList<string> kinds = written.Kinds ?? [.. NotificationSubscription.KnownUsualKinds];
        if (!_binding.BindSelection(kinds, written.Path).Try(out JournalSelection? selection, out Refusal? refusal)
            || !_binding.BindAddress(written.Url, written.UrlFile, written.UrlVariable).Try(out OutboundAddress? address, out refusal)
            || !_binding.BindSecrets(written.SecretFile, written.SecretVariable, known == NotificationFormat.Standard)
                .Try(out ImmutableArray<WebhookSecret> secrets, out refusal))
            return refusal;
        return new SubscriptionProfile(new NotificationSubscription(written.Name, selection, known), address, secrets);
    }
}
