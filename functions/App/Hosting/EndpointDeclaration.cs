using SshFunctions.App.Http;

namespace SshFunctions.App.Hosting;

/// <summary>Ties an endpoint to the function and the route it was mapped for; the frame's middlewares act on it.</summary>
/// <param name="Function">The function.</param>
/// <param name="Route">Which of its routes.</param>
internal sealed record EndpointDeclaration(FunctionDeclaration Function, FunctionRoute Route);
