using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SshFunctions.App.Hosting.Triggers;
using SshFunctions.App.Queue;
using SshFunctions.App.Tests.Brokers;

namespace SshFunctions.App.Tests.Triggers;

/// <summary>A broker under a Functions host, with one queue function <c>Wake</c> that does what a test wants.</summary>
internal static class TriggeredBroker
{
    public const string Body = """{"Data":{"message":"\"hello\""}}""";

    public static Task<RunningBroker> StartAsync(
        Func<string, CancellationToken, Task> handle, Func<IServiceProvider, CancellationToken, Task>? open = null, TimeProvider? clock = null)
    {
        var trigger = new QueueTrigger("Wake", "wake", (_, message, token) => handle(Encoding.UTF8.GetString(message.Span), token));
        return RunningBroker.StartAsync(
            new TriggerSettings([FunctionTrigger.Of(trigger)], open ?? ((_, _) => Task.CompletedTask)),
            null,
            services => services.AddSingleton(clock ?? TimeProvider.System),
            []);
    }

    /// <summary>Invokes it as the host does.</summary>
    public static async Task<(int Status, JsonElement Answer)> InvokeAsync(
        this RunningBroker broker, HttpContent? content = null, string path = "/Wake", params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = content ?? new StringContent(Body, Encoding.UTF8, "application/json"),
        };
        foreach ((string name, string value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using HttpResponseMessage response = await broker.Http.SendAsync(request);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        JsonElement answer = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync()).RootElement;
        Assert.Equal(JsonValueKind.Object, answer.ValueKind);
        return ((int)response.StatusCode, answer);
    }
}
