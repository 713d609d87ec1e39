namespace SshFunctions.App.Hosting.Triggers;

/// <summary>Names under which the Functions host puts what woke a function into the body of an invocation; the manifest declares them.</summary>
internal static class TriggerBindings
{
    public const string Message = "message";
    public const string Timer = "timer";

    /// <summary>The application setting, or the prefix of settings, that tells the host where queues lie.</summary>
    public const string Connection = "AzureWebJobsStorage";
}
