namespace SshFunctions.Hooks.Broker;

/// <summary>An answer that says which version of a thing it is.</summary>
/// <param name="Tag">The ETag, as it came; null when there was none.</param>
/// <param name="Content">The thing; null when it is still the one that was asked about.</param>
/// <param name="Signature">What came with it as its signature, in base64; null when nothing did.</param>
internal sealed record TaggedAnswer(string? Tag, byte[]? Content, string? Signature = null);
