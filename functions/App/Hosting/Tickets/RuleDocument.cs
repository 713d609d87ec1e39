namespace SshFunctions.App.Hosting.Tickets;

/// <summary>One rule as it is written.</summary>
/// <param name="From">Template of the text.</param>
/// <param name="Values">What stands for which text; when absent the text stands for itself.</param>
/// <param name="Default">What stands for any other text, and for none.</param>
internal sealed record RuleDocument(string From, IReadOnlyDictionary<string, string>? Values = null, string? Default = null);
