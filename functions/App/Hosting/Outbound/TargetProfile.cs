using System.Collections.Immutable;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Webhooks;

namespace SshFunctions.App.Hosting.Outbound;

/// <summary>What a forwarder sends to.</summary>
internal abstract record TargetProfile
{
    private TargetProfile()
    {
    }

    /// <summary>A syslog server.</summary>
    /// <param name="Host">Its name or address.</param>
    /// <param name="Port">Its port.</param>
    /// <param name="Tls">Whether over TLS.</param>
    /// <param name="CaFile">PEM certificates that the server's must descend from; null for the system's.</param>
    public sealed record Syslog(string Host, int Port, bool Tls, string? CaFile) : TargetProfile;

    /// <summary>An OTLP collector.</summary>
    /// <param name="Address">Where logs are posted to.</param>
    /// <param name="Authorization">Value of the header; null for none.</param>
    public sealed record Otlp(OutboundAddress Address, Secret? Authorization) : TargetProfile;

    /// <summary>Whoever takes signed webhooks.</summary>
    /// <param name="Address">Where they are posted to.</param>
    /// <param name="Secrets">What they are signed with, at least one.</param>
    public sealed record Webhook(OutboundAddress Address, ImmutableArray<WebhookSecret> Secrets) : TargetProfile;
}
