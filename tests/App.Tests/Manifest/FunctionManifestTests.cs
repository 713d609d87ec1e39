using System.Text.Json;
using NCrontab;
using SshFunctions.App.Hosting.Manifest;
using SshFunctions.App.Hosting.Triggers;
using SshFunctions.App.Http;
using SshFunctions.App.Queue;
using SshFunctions.App.Timer;
using SshFunctions.Support.Programs;

namespace SshFunctions.App.Tests.Manifest;

public sealed class FunctionManifestTests
{
    private static readonly (string Name, JsonElement[] Bindings)[] Deployed =
        [.. FunctionManifest.All.Select(folder => (folder.Name, BindingsIn(folder.Json)))];

    public static TheoryData<string> Names => [.. FunctionManifest.All.Select(folder => folder.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Writes_a_file_that_holds_by_the_schema(string name) =>
        Assert.Empty(FunctionSchemas.Function.FaultsOf(FunctionManifest.All.Single(folder => folder.Name == name).Json));

    [Fact]
    public void Every_declared_route_is_reached_through_exactly_one_function()
    {
        IEnumerable<string> declared = HttpFunctions.All
            .SelectMany(function => function.Declaration.Routes).Select(route => $"{route.Method} {route.Template}");
        IEnumerable<string> deployed = Deployed.Where(function => Is(function.Bindings[0], "httpTrigger")).SelectMany(function =>
            function.Bindings[0].GetProperty("methods").EnumerateArray()
                .Select(method => $"{method.GetString()!.ToUpperInvariant()} /api/{function.Bindings[0].GetProperty("route").GetString()}"));

        Assert.Equal(declared.Order(StringComparer.Ordinal), deployed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_http_function_has_one_way_in_and_one_out_so_that_the_host_passes_requests_on_as_they_are() =>
        Assert.All(Deployed.Where(function => Is(function.Bindings[0], "httpTrigger")), function =>
        {
            Assert.Equal(2, function.Bindings.Length);
            Assert.True(Is(function.Bindings[1], "http"));
            Assert.Equal("anonymous", function.Bindings[0].GetProperty("authLevel").GetString());
        });

    [Fact]
    public void Every_other_function_has_the_name_of_what_answers_the_host()
    {
        var others = Deployed.Where(function => !Is(function.Bindings[0], "httpTrigger")).ToList();
        Assert.Equal(
            FunctionTrigger.All.Select(trigger => trigger.Name).Order(StringComparer.Ordinal),
            others.Select(function => function.Name).Order(StringComparer.Ordinal));
        Assert.All(others, function => Assert.Single(function.Bindings));
        Assert.Equal(
            QueueFunctions.All.SelectMany(function => new[] { function.Declaration.Queue, function.Declaration.Queue + "-poison" }).Order(StringComparer.Ordinal),
            others.Where(function => Is(function.Bindings[0], "queueTrigger"))
                .Select(function => function.Bindings[0].GetProperty("queueName").GetString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_timer_has_a_schedule_with_seconds() =>
        Assert.All(TimerFunctions.All, function =>
        {
            JsonElement binding = Deployed.Single(deployed => deployed.Name == function.Declaration.Name).Bindings[0];
            Assert.Equal(function.Declaration.Schedule, binding.GetProperty("schedule").GetString());
            Assert.NotNull(CrontabSchedule.TryParse(function.Declaration.Schedule, new CrontabSchedule.ParseOptions { IncludingSeconds = true }));
        });

    [Fact]
    public void No_two_functions_share_a_folder_on_any_file_system_and_none_takes_a_path_of_the_host()
    {
        Assert.Equal(Deployed.Length, Deployed.Select(function => function.Name.ToUpperInvariant()).Distinct().Count());
        Assert.All(Deployed, function => Assert.Matches("^[A-Za-z][A-Za-z0-9]{0,126}$", function.Name));
        Assert.DoesNotContain(Deployed, function => function.Name.Equals("admin", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void No_public_route_begins_with_the_name_of_a_function() =>
        Assert.Equal("api", JsonDocument.Parse(File.ReadAllText(Path.Combine(SourceTree.Root, "host.json"))).RootElement
            .GetProperty("extensions").GetProperty("http").GetProperty("routePrefix").GetString());

    private static bool Is(JsonElement binding, string type) => binding.GetProperty("type").GetString() == type;

    private static JsonElement[] BindingsIn(string json) => [.. JsonDocument.Parse(json).RootElement.GetProperty("bindings").EnumerateArray()];
}
