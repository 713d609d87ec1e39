namespace SshFunctions.Support.Functions;

/// <summary>A request that was passed on to the handler, and what became of it.</summary>
/// <param name="Function">The function whose route it took.</param>
/// <param name="Method">HTTP method.</param>
/// <param name="Status">Status of the answer.</param>
public sealed record ForwardedRequest(string Function, string Method, int Status);
