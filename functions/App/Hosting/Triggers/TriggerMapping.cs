namespace SshFunctions.App.Hosting.Triggers;

/// <summary>Puts the triggers before everything else.</summary>
internal static class TriggerMapping
{
    /// <summary>Serves the Functions host's question and its invocations; called before any other middleware, and in the Functions home only.</summary>
    public static void MapTriggers(this WebApplication app, TriggerSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        app.UseMiddleware<TriggerRoom>(settings);
    }
}
