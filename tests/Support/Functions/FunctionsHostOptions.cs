using SshFunctions.Support.Azurite;

namespace SshFunctions.Support.Functions;

/// <summary>What the Functions host runs, and where.</summary>
/// <param name="Root">The app's folder: <c>host.json</c>, the handler, a folder for each function.</param>
/// <param name="Storage">The account of <c>AzureWebJobsStorage</c>.</param>
public sealed record FunctionsHostOptions(string Root, AzuriteAccount Storage)
{
    /// <summary>Application settings, which the handler finds in its environment.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether timers fire by themselves; without, only when a test says so.</summary>
    public bool RunsTimers { get; init; }

    /// <summary>The host's clock, for schedules and limits.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
