using Microsoft.Net.Http.Headers;

namespace SshFunctions.App.Hosting.Portal;

/// <summary>A file's bytes as they go over the network.</summary>
/// <param name="Content">The bytes.</param>
/// <param name="Tag">Strong.</param>
internal sealed record PortalFileForm(byte[] Content, EntityTagHeaderValue Tag);
