namespace SshFunctions.Hooks.Host.Refresh;

/// <summary>How a step of a refresh ended.</summary>
/// <param name="Step">What it refreshes, for people.</param>
/// <param name="Code">One of <see cref="StaleCode"/>, or <see cref="ExitCode.Unavailable"/>; <see cref="ExitCode.Done"/> when it is fresh.</param>
/// <param name="Problem">What went wrong; null for nothing.</param>
internal sealed record StepResult(string Step, int Code, string? Problem);
