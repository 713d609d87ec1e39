using System.Globalization;
using System.Text.Json.Nodes;

namespace SshFunctions.Support.Functions;

/// <summary>What an app's <c>host.json</c> says, with what its application settings say over that.</summary>
public sealed class HostConfiguration
{
    private const string Prefix = "AzureFunctionsJobHost__";
    private readonly JsonNode _json;
    private readonly IReadOnlyDictionary<string, string> _settings;

    /// <summary>Reads it.</summary>
    /// <param name="root">The app's folder.</param>
    /// <param name="settings">Application settings; <c>AzureFunctionsJobHost__a__b</c> goes over member b of member a.</param>
    public HostConfiguration(string root, IReadOnlyDictionary<string, string> settings)
    {
        _json = JsonNode.Parse(File.ReadAllText(Path.Combine(root, "host.json")))!;
        _settings = settings;
        if (Text("2.0", "version") != "2.0") throw new InvalidOperationException("host.json has another version than 2.0");
    }

    /// <summary>The custom handler, relative to the app's folder.</summary>
    public string Executable => Text("", "customHandler", "description", "defaultExecutablePath");

    /// <summary>Whether requests are passed on as they are.</summary>
    public bool IsProxying => bool.Parse(Text("false", "customHandler", "enableProxyingHttpRequest"));

    /// <summary>How long the handler may take to listen.</summary>
    public TimeSpan InitializationTimeout => Time("00:00:30", "customHandler", "initializationTimeout");

    /// <summary>How long an invocation may run before the handler is killed.</summary>
    public TimeSpan FunctionTimeout => Time("00:30:00", "functionTimeout");

    /// <summary>What every HTTP route is below, without slashes.</summary>
    public string RoutePrefix => Text("api", "extensions", "http", "routePrefix");

    /// <summary>How many messages are taken at once.</summary>
    public int BatchSize => int.Parse(Text("16", "extensions", "queues", "batchSize"), CultureInfo.InvariantCulture);

    /// <summary>After how many tries a message is put aside.</summary>
    public int MaximumDequeueCount => int.Parse(Text("5", "extensions", "queues", "maxDequeueCount"), CultureInfo.InvariantCulture);

    /// <summary>For how long a message is hidden that failed.</summary>
    public TimeSpan VisibilityTimeout => Time("00:00:00", "extensions", "queues", "visibilityTimeout");

    private TimeSpan Time(string otherwise, params string[] path) => TimeSpan.Parse(Text(otherwise, path), CultureInfo.InvariantCulture);

    private string Text(string otherwise, params string[] path) =>
        _settings.GetValueOrDefault(Prefix + string.Join("__", path)) ?? path.Aggregate((JsonNode?)_json, (node, name) => node?[name])?.ToString() ?? otherwise;
}
