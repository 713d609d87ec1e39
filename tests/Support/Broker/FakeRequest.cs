namespace SshFunctions.Support.Broker;

/// <summary>A request that the fake broker received.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path with its query.</param>
/// <param name="Authorization">The Authorization header; null when there was none.</param>
/// <param name="Body">The body; empty when there was none.</param>
public sealed record FakeRequest(string Method, string Path, string? Authorization, string Body)
{
    /// <summary>The If-None-Match header; null when there was none.</summary>
    public string? IfNoneMatch { get; init; }

    /// <summary>The version of host keys that the client holds; null when it named none.</summary>
    public string? KnownHostsVersion { get; init; }
}
