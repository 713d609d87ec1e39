namespace SshFunctions.App.Queue;

/// <summary>What is known of a queue function without running it: the deployment manifest is written from it.</summary>
/// <param name="Name">The name of its class.</param>
/// <param name="Summary">One sentence.</param>
/// <param name="Queue">Whose messages wake it. A timer function finds work whose message was lost.</param>
internal sealed record QueueFunctionDeclaration(string Name, string Summary, string Queue)
{
    /// <summary>What runs at a message that was given up.</summary>
    public string PutAsideName => Name + "PutAside";

    /// <summary>Where messages go that were given up; the Functions host's name for it.</summary>
    public string PutAsideQueue => Queue + "-poison";
}
