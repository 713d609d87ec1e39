using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using SshFunctions.Support.Functions;

namespace SshFunctions.Interop.Tests.Functions;

/// <summary>What leads to a queue or timer function, and what does not.</summary>
public sealed class TriggerTests(FunctionApp app) : IClassFixture<FunctionApp>
{
    private const int Patience = 180_000;
    private static readonly HttpClient Http = new();

    [Fact(Timeout = Patience)]
    public async Task Every_queue_function_succeeds_with_a_message_that_shadows_the_hosts_own_metadata()
    {
        foreach (DeployedFunction function in Of("queueTrigger"))
        {
            StorageQueue queue = app.Host.Queue(function.Setting("queueName"));
            await queue.CreateAsync();
            await queue.PutAsync("""{"number":0,"request":"aaaaaaaaaaaaaaaaaaaa","subscription":"gone","serial":65537,"DequeueCount":99,"Id":"mine","sys":{"MethodName":"Other"},"message":"other","X-Forwarded-For":"1"}""");
            Assert.True((await app.Host.Invocations.WaitAsync(function.Name, 1))[0].Succeeded, function.Name);
            Assert.Empty(await queue.PeekAsync());
        }
    }

    [Fact(Timeout = Patience)]
    public async Task Every_timer_function_succeeds_and_late_as_well()
    {
        foreach (DeployedFunction function in Of("timerTrigger"))
        {
            InvocationRecord onTime = await app.Host.FireTimerAsync(function.Name);
            Assert.True(onTime.Succeeded, $"{function.Name}: {onTime.Fault}");
            Assert.True((await app.Host.FireTimerAsync(function.Name, isPastDue: true)).Succeeded);
        }
    }

    [Fact(Timeout = Patience)]
    public async Task A_body_that_is_no_invocation_gets_a_JSON_object_that_is_no_success_whatever_it_is()
    {
        byte[][] bodies =
        [
            [], "null"u8.ToArray(), "[]"u8.ToArray(), "{}"u8.ToArray(), "{\"Data\":null}"u8.ToArray(), "{\"Data\":{\"message\":7,\"timer\":7}}"u8.ToArray(),
            [0xC3, 0x28], Encoding.UTF8.GetBytes(new string('[', 500_000)), Encoding.UTF8.GetBytes(new string(' ', 3_000_000)),
        ];
        foreach (DeployedFunction function in app.Host.Functions.Where(function => !function.IsProxied))
        {
            foreach (byte[] body in bodies)
            {
                using var content = new ByteArrayContent(body) { Headers = { { "Content-Type", "application/json; charset=utf-8" } } };
                using HttpResponseMessage answer = await Http.PostAsync(new Uri(app.Host.HandlerUrl, function.Name), content);
                Assert.InRange((int)answer.StatusCode, 400, 499);
                Assert.Equal("application/json", answer.Content.Headers.ContentType!.MediaType);
                Assert.Equal(JsonValueKind.Object, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.ValueKind);
            }
        }
    }

    [Fact(Timeout = Patience)]
    public async Task No_path_trick_on_the_public_address_reaches_one()
    {
        int before = app.LoggedInvocationCount;
        foreach (DeployedFunction function in app.Host.Functions.Where(function => !function.IsProxied))
        {
            foreach (string target in TricksFor(function.Name))
            {
                Assert.Matches("^HTTP/1.1 4[0-9][0-9] ", await SendAsync(app.Host.Url, "POST", target));
                Assert.Matches("^HTTP/1.1 4[0-9][0-9] ", await SendAsync(app.Host.Url, "PUT", target));
            }
        }

        Assert.Equal(before, app.LoggedInvocationCount);
    }

    private static IEnumerable<string> TricksFor(string name) =>
    [
        $"/{name}", $"//{name}", $"/api/{name}", $"/api//{name}", $"/api/../{name}", $"/api/..\\{name}", $"/api/..%5C{name}", $"/api/..%5c{name}",
        $"/api/%2e%2e/{name}", $"/api/%252e%252e/{name}", $"/api/..%2F{name}", $"/api/..%252F{name}", $"/api/..;/{name}", $"/api/.%00/../{name}",
        $"/api/ssh-switch/..%5C..%5C{name}", $"/api/ssh-switch/..%2F..%2F{name}", $"/api/ssh-switch/..\\..\\{name}", $"/api/ssh-switch/%252e%252e/%252e%252e/{name}",
        $"/api/ssh-switch/../../{name}", $"/api/ssh-switch//{name}", $"/admin/functions/{name}", $"http://127.0.0.1/{name}",
    ];

    private static async Task<string> SendAsync(Uri url, string method, string target)
    {
        const string Body = """{"Data":{"message":"\"{}\"","timer":{}}}""";
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, url.Port);
        await using NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(
            $"{method} {target} HTTP/1.1\r\nHost: {url.Authority}\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: {Body.Length}\r\n\r\n{Body}"));
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }

    private IEnumerable<DeployedFunction> Of(string trigger) => app.Host.Functions.Where(function => function.TriggerType == trigger);
}
