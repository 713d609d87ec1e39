namespace SshFunctions.App.Hosting.Settings;

/// <summary>Where the TLS certificate and its key lie.</summary>
/// <param name="Certificate">PEM, leaf first, then intermediates.</param>
/// <param name="Key">PEM, not encrypted.</param>
internal sealed record TlsFiles(string Certificate, string Key);
