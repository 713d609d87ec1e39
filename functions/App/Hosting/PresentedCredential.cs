using SshFunctions.Core.Callers;

namespace SshFunctions.App.Hosting;

/// <summary>The id and secret that a request presents, of sound form and not yet believed.</summary>
/// <param name="id">Names the access token; not secret.</param>
/// <param name="secret">Wiped on dispose.</param>
internal sealed class PresentedCredential(string id, Secret secret) : IDisposable
{
    public string Id { get; } = id;

    public Secret Secret { get; } = secret;

    public void Dispose() => Secret.Dispose();
}
