namespace SshFunctions.App.Hosting;

/// <summary>A query parameter as the client wrote it.</summary>
/// <param name="Text">Null when it is absent.</param>
internal readonly record struct QueryValue(string? Text);
