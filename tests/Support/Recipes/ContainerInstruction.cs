namespace SshFunctions.Support.Recipes;

/// <summary>One instruction of a Containerfile.</summary>
/// <param name="Line">Its first line, from 1.</param>
/// <param name="Keyword">In capitals, as <c>HEALTHCHECK</c>.</param>
/// <param name="Arguments">The rest.</param>
public sealed record ContainerInstruction(int Line, string Keyword, string Arguments);
