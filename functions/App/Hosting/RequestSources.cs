using System.Net;

namespace SshFunctions.App.Hosting;

/// <summary>Hands the client's address to whoever judges by it.</summary>
internal static class RequestSources
{
    /// <summary>The client's address, behind whatever proxy; null when nobody said.</summary>
    public static IPAddress? SourceAddress(this HttpContext context) => context.Features.Get<RequestSource>()?.Address;
}
