namespace SshFunctions.Support.Recipes;

/// <summary>Something that a parser could not read, or that its format forbids.</summary>
/// <param name="Line">Its line, from 1.</param>
/// <param name="Text">What is wrong, or the text that is.</param>
public sealed record RecipeFault(int Line, string Text);
