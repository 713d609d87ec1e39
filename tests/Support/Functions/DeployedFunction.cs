using System.Text.Json;

namespace SshFunctions.Support.Functions;

/// <summary>A function as the host finds it: a folder with a <c>function.json</c>.</summary>
/// <param name="Name">The folder's name.</param>
/// <param name="Trigger">The binding that wakes it.</param>
/// <param name="OutputTypes">Types of its other bindings.</param>
public sealed record DeployedFunction(string Name, JsonElement Trigger, IReadOnlyList<string> OutputTypes)
{
    /// <summary>Type of its trigger.</summary>
    public string TriggerType => Trigger.GetProperty("type").GetString()!;

    /// <summary>Name of its trigger's binding.</summary>
    public string BindingName => Trigger.GetProperty("name").GetString()!;

    /// <summary>Whether the host passes its requests on as they are: exactly an HTTP trigger in and an HTTP answer out.</summary>
    public bool IsProxied => TriggerType == "httpTrigger" && OutputTypes is ["http"];

    /// <summary>Finds the functions of an app: folders directly below its root.</summary>
    /// <param name="root">The app's folder.</param>
    public static IReadOnlyList<DeployedFunction> In(string root) =>
    [
        .. Directory.EnumerateDirectories(root).Order(StringComparer.Ordinal)
            .Where(folder => File.Exists(Path.Combine(folder, "function.json")))
            .Select(folder => Read(Path.GetFileName(folder), File.ReadAllText(Path.Combine(folder, "function.json")))),
    ];

    /// <summary>A text member of its trigger.</summary>
    /// <param name="name">The member's name.</param>
    public string Setting(string name) => Trigger.GetProperty(name).GetString()!;

    private static DeployedFunction Read(string name, string json)
    {
        JsonElement[] bindings = [.. JsonDocument.Parse(json).RootElement.GetProperty("bindings").EnumerateArray()];
        JsonElement trigger = bindings.Single(binding => binding.GetProperty("type").GetString()!.EndsWith("Trigger", StringComparison.Ordinal));
        return new DeployedFunction(
            name, trigger, [.. bindings.Where(binding => !binding.Equals(trigger)).Select(binding => binding.GetProperty("type").GetString()!).Where(type => !type.EndsWith("Trigger", StringComparison.Ordinal))]);
    }
}
