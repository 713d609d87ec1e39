using System.Collections.Immutable;
using SshFunctions.Core.Webhooks;

namespace SshFunctions.App.Hosting.Outbound;

/// <summary>The headers of a webhook.</summary>
internal static class SignedHeaders
{
    /// <summary>Identifier and time, and signatures where there are secrets.</summary>
    public static IEnumerable<(string Name, string Value)> Of(WebhookStamp stamp, ReadOnlyMemory<byte> body, ImmutableArray<WebhookSecret> secrets)
    {
        yield return (WebhookStamp.IdHeader, stamp.Id);
        yield return (WebhookStamp.TimeHeader, stamp.Seconds);
        if (!secrets.IsEmpty) yield return (WebhookStamp.SignatureHeader, WebhookSignature.Sign(stamp, body.Span, secrets));
    }
}
