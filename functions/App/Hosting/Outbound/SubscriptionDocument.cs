namespace SshFunctions.App.Hosting.Outbound;

/// <summary>One subscription as it is written.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Format"><c>standard</c>, <c>slack</c> or <c>teams</c>.</param>
/// <param name="Url">Where to, https.</param>
/// <param name="UrlFile">File that holds it: the address of a chat's webhook is a secret.</param>
/// <param name="UrlVariable">Environment variable that holds it.</param>
/// <param name="Kinds">Patterns of event kinds; what is worth a message when absent.</param>
/// <param name="Path">Only what is about this place or below it.</param>
/// <param name="SecretFile">File with the secrets that it is signed with, one a line; demanded by <c>standard</c>.</param>
/// <param name="SecretVariable">Environment variable that holds them, with blanks between.</param>
internal sealed record SubscriptionDocument(
    string Name,
    string Format,
    string? Url = null,
    string? UrlFile = null,
    string? UrlVariable = null,
    IReadOnlyList<string>? Kinds = null,
    string? Path = null,
    string? SecretFile = null,
    string? SecretVariable = null);
