using System.Collections.Immutable;
using System.Text;

namespace SshFunctions.Support.Outside;

/// <summary>A request that a <see cref="WebhookReceiver"/> got.</summary>
/// <param name="Path">Path and query.</param>
/// <param name="Headers">By lower-case name.</param>
/// <param name="Body">Its bytes.</param>
public sealed record ReceivedPost(string Path, ImmutableDictionary<string, string> Headers, ImmutableArray<byte> Body)
{
    /// <summary>The body as text.</summary>
    public string Text => Encoding.UTF8.GetString(Body.AsSpan());
}
