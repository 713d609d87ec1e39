namespace SshFunctions.Api;

/// <summary>One page of a list.</summary>
/// <typeparam name="T">What is listed.</typeparam>
/// <param name="Items">The page, in the order the route documents.</param>
/// <param name="Next">Value for <c>?after=</c> that continues the list; null at its end.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);
