using System.Net;

namespace SshFunctions.App.Hosting;

/// <summary>Where a request comes from, as the broker believes it.</summary>
/// <param name="Address">The client's; null when nobody said, which is in no range.</param>
internal sealed record RequestSource(IPAddress? Address);
