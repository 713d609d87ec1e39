using System.Collections.Immutable;
using SshFunctions.App.Hosting.Triggers;
using SshFunctions.App.Http;
using SshFunctions.App.Queue;
using SshFunctions.App.Timer;

namespace SshFunctions.App.Hosting.Manifest;

/// <summary>What the Functions host is told of every function.</summary>
internal static class FunctionManifest
{
    // What host.json gives as routePrefix; a template in a function.json is below it.
    private const string RoutePrefix = "/api/";

    public static ImmutableArray<FunctionFolder> All { get; } =
    [
        .. HttpFunctions.All.SelectMany(function => Of(function.Declaration)),
        .. QueueTrigger.All.Select(Of),
        .. TimerFunctions.All.Select(function => Of(function.Declaration)),
    ];

    /// <summary>A folder for each template: a deployed function has one route. All lead to the same broker under the same path.</summary>
    public static IEnumerable<FunctionFolder> Of(FunctionDeclaration function) => function.Routes
        .GroupBy(route => route.Template)
        .Select(routes => FunctionFolder.Of(
            function.OperationIdOf(routes.First()),
            new Dictionary<string, object>
            {
                ["type"] = "httpTrigger",
                ["direction"] = "in",
                ["name"] = "req",
                // The broker asks for credentials itself, and knows callers that function keys do not.
                ["authLevel"] = "anonymous",
                ["methods"] = routes.Select(route => route.Method.ToLowerInvariant()),
                ["route"] = RouteOf(routes.Key),
            },
            // One in and one out, of these types: only then the host passes requests on as they are.
            new Dictionary<string, object> { ["type"] = "http", ["direction"] = "out", ["name"] = "res" }));

    private static FunctionFolder Of(QueueTrigger trigger) => FunctionFolder.Of(trigger.Name, new Dictionary<string, object>
    {
        ["type"] = "queueTrigger",
        ["direction"] = "in",
        ["name"] = TriggerBindings.Message,
        ["queueName"] = trigger.Queue,
        ["connection"] = TriggerBindings.Connection,
    });

    private static FunctionFolder Of(TimerFunctionDeclaration function) => FunctionFolder.Of(function.Name, new Dictionary<string, object>
    {
        ["type"] = "timerTrigger",
        ["direction"] = "in",
        ["name"] = TriggerBindings.Timer,
        ["schedule"] = function.Schedule,
    });

    private static string RouteOf(string template) => template.StartsWith(RoutePrefix, StringComparison.Ordinal)
        ? template[RoutePrefix.Length..]
        : throw new InvalidOperationException($"{template} is not below {RoutePrefix}");
}
