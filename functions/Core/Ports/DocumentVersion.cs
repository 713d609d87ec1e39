namespace SshFunctions.Core.Ports;

/// <summary>What a backend calls the state of a document; opaque, equal only when nothing changed.</summary>
/// <param name="Token">The backend's own text.</param>
public readonly record struct DocumentVersion(string Token);
