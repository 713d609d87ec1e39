namespace SshFunctions.Api;

/// <summary>One page of the revocations in force: a <see cref="Page{T}"/> that also tells whether the list of them gets out.</summary>
/// <param name="Items">The page, by kind and target.</param>
/// <param name="Next">Value for <c>?after=</c> that continues the list; null at its end.</param>
/// <param name="PublicationFailure">What keeps the list from being published; null when nothing does.</param>
public sealed record RevocationPage(
    IReadOnlyList<RevocationResponse> Items, string? Next, PublicationFailureResponse? PublicationFailure = null);
