using System.Globalization;
using Azure.Core;

namespace SshFunctions.Azure.Storage;

/// <summary>When a service says that it is worth asking again.</summary>
internal static class RetryDelay
{
    /// <summary>Reads <c>Retry-After</c>, seconds or a date; null where it is absent, no time or past.</summary>
    public static TimeSpan? Of(ResponseHeaders headers, TimeProvider clock)
    {
        if (!headers.TryGetValue("Retry-After", out string? text)) return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds)) return TimeSpan.FromSeconds(seconds);
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset date)) return null;
        TimeSpan delay = date - clock.GetUtcNow();
        return delay > TimeSpan.Zero ? delay : null;
    }
}
