namespace SshFunctions.Core.Ports;

/// <summary>A document that was read as a domain object.</summary>
/// <typeparam name="T">The domain object.</typeparam>
/// <param name="Value">What it says.</param>
/// <param name="Row">Where it lies in its partition.</param>
/// <param name="Version">Demanded back by a replace or a delete.</param>
internal sealed record Stored<T>(T Value, string Row, DocumentVersion Version);
