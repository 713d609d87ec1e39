namespace SshFunctions.Api;

/// <summary>What one rule of the policy said.</summary>
/// <param name="Rule">Its stable name, for example <c>ssh-switch</c>.</param>
/// <param name="Allows">Whether it let the question pass.</param>
/// <param name="Detail">What it saw, one sentence for people.</param>
/// <param name="Fix">What would change it; null when it allowed.</param>
public sealed record RuleFinding(string Rule, bool Allows, string Detail, string? Fix);
