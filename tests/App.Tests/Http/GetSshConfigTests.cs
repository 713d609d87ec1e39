using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.App.Tests.Brokers;

namespace SshFunctions.App.Tests.Http;

public sealed class GetSshConfigTests
{
    [Fact(Timeout = 30_000)]
    public async Task Gives_the_operators_patterns_and_a_block_without_paths_of_a_machine()
    {
        await using RunningBroker broker = await StartAsync("*.example.com", "*.corp.example.org");
        SshConfigResponse answer = await ReadAsync(broker, "");
        Assert.Equal(["*.example.com", "*.corp.example.org"], answer.HostPatterns);
        Assert.Contains("Match !final originalhost \"sshfn.*\" exec \"exec sshfn alias '%n'\"\n  Include ~/.local/state/sshfn/aliases/*.conf\n", answer.Block, StringComparison.Ordinal);
        Assert.Contains(
            "Match final host \"*.example.com,*.corp.example.org\" !originalhost \"sshfn.*\" exec \"exec sshfn cert --step-aside '%h' '%p' '%r'\"\n  IdentityFile ~/",
            answer.Block, StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task Gives_the_block_of_one_host_in_its_one_spelling()
    {
        await using RunningBroker broker = await StartAsync();
        SshConfigResponse answer = await ReadAsync(broker, "?hostname=Web.Example.com.");
        Assert.Empty(answer.HostPatterns);
        Assert.Contains("Match final host \"web.example.com\" exec \"exec sshfn cert '%h' '%p' '%r'\"\nMatch host \"web.example.com\"\n", answer.Block, StringComparison.Ordinal);
        Assert.DoesNotContain("alias", answer.Block, StringComparison.Ordinal);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("a%22%20exec%20%22touch")]
    [InlineData("a%0AProxyCommand%20touch")]
    [InlineData("")]
    [InlineData("-web")]
    public async Task Refuses_a_host_name_that_could_break_out_of_its_line(string host)
    {
        await using RunningBroker broker = await StartAsync();
        using HttpResponseMessage response = await broker.Http.GetAsync($"{Routes.SshConfig}?hostname={host}");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact(Timeout = 30_000)]
    public async Task Refuses_a_caller_it_does_not_know()
    {
        await using RunningBroker broker = await StartAsync();
        broker.Http.DefaultRequestHeaders.Authorization = null;
        using HttpResponseMessage response = await broker.Http.GetAsync(Routes.SshConfig);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    private static async Task<RunningBroker> StartAsync(params string[] patterns)
    {
        RunningBroker broker = await RunningBroker.StartAsync(
            RunningBroker.OnLoopback with { SshHostPatterns = [.. patterns] },
            services => services.AddSingleton<ICallerAuthenticator, OneTokenAuthenticator>());
        broker.Http.DefaultRequestHeaders.Authorization = new("Bearer", "id1.right");
        return broker;
    }

    private static async Task<SshConfigResponse> ReadAsync(RunningBroker broker, string query) =>
        (await broker.Http.GetFromJsonAsync(Routes.SshConfig + query, ApiJson.Default.SshConfigResponse))!;
}
