using SshFunctions.App.Hosting.Settings;
using SshFunctions.Core.Forwarding;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Notifications;
using SshFunctions.Core.Ports;

namespace SshFunctions.App.Hosting.Outbound;

/// <summary>What goes out of the broker by itself.</summary>
internal static class OutboundServices
{
    public static void Register(IServiceCollection services)
    {
        services.AddSingleton<JournalFollower>();
        services.AddSingleton<OutboundHttp>();
        services.AddSingleton<ForwardingMetrics>();
        services.AddSingleton<INotificationSender, NotificationPost>();
        services.AddSingleton(provider => new JournalForwarding(
            provider.GetRequiredService<IStore>(), provider.GetRequiredService<JournalFollower>(), ForwardersOf(provider), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new NotificationCenter(
            provider.GetRequiredService<BrokerProfile>().Outbound.Subscriptions.Select(each => each.Subscription),
            provider.GetRequiredService<INotificationSender>(),
            provider.GetRequiredService<IStore>(),
            provider.GetRequiredService<IMessageQueue>(),
            provider.GetRequiredService<JournalFollower>(),
            provider.GetRequiredService<JournalReader>(),
            provider.GetRequiredService<JournalWriter>(),
            provider.GetRequiredService<TimeProvider>()));
    }

    /// <summary>Has notifications go out as soon as their entries are recorded.</summary>
    public static JournalWriter Watched(JournalWriter journal, IServiceProvider provider)
    {
        new OutboundNudge(provider.GetRequiredService<BrokerProfile>().Outbound, provider.GetRequiredService<IMessageQueue>).Watch(journal);
        return journal;
    }

    private static IEnumerable<JournalForwarder> ForwardersOf(IServiceProvider provider) =>
        provider.GetRequiredService<BrokerProfile>().Outbound.Forwarders.Select(each => new JournalForwarder(each.Name, each.Selection, TargetOf(each, provider)));

    private static IJournalTarget TargetOf(ForwarderProfile forwarder, IServiceProvider provider)
    {
        var http = provider.GetRequiredService<OutboundHttp>();
        var clock = provider.GetRequiredService<TimeProvider>();
        return forwarder.Target switch
        {
            TargetProfile.Syslog syslog => new SyslogTarget(syslog, () => HostOf(provider), clock),
            TargetProfile.Otlp otlp => new OtlpTarget(otlp, http),
            TargetProfile.Webhook webhook => new WebhookTarget(forwarder.Name, webhook, http, clock),
            _ => throw new InvalidOperationException($"no target for {forwarder.Target.GetType().Name}"),
        };
    }

    private static string HostOf(IServiceProvider provider) =>
        provider.GetRequiredService<BrokerUrl>().Find().Try(out string? url, out _) ? new Uri(url).Host : "";
}
