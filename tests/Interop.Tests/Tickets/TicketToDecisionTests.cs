using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SshFunctions.Api;
using SshFunctions.Support.Broker;
using SshFunctions.Support.Files;
using SshFunctions.Support.Outside;
using SshFunctions.Support.Processes;

namespace SshFunctions.Interop.Tests.Tickets;

/// <summary>A ticket system beside the real broker: its signed webhook asks, two people decide, and the decision comes back signed.</summary>
public sealed class TicketToDecisionTests : IDisposable
{
    private const int Patience = 240_000;
    private const string Path = "acme/production/web";
    private readonly TemporaryFolder _folder = new();
    private readonly WebhookReceiver _desk = new();
    private readonly byte[] _inbound = RandomNumberGenerator.GetBytes(32);
    private readonly byte[] _outbound = RandomNumberGenerator.GetBytes(32);

    public void Dispose()
    {
        _desk.Dispose();
        _folder.Dispose();
    }

    [Fact(Timeout = Patience)]
    public async Task A_ticket_is_approved_by_two_and_its_system_is_told_under_a_signature_that_openssl_makes_too()
    {
        await using TestBroker broker = await TestBroker.StartAsync(_folder, ["--tickets", await TicketsAsync(), "--outbound", await OutboundAsync()]);
        await MakePlaceAsync(broker);

        (HttpStatusCode status, JsonElement opened) = await SendAsync(broker, "open", "msg_1");
        Assert.Equal((HttpStatusCode.OK, "pending"), (status, opened.GetProperty("state").GetString()));
        string request = opened.GetProperty("request").GetString()!;

        ReceivedPost told = await NextAsync("access-request.opened");
        string[] commands = [.. JsonDocument.Parse(told.Text).RootElement.GetProperty("data").GetProperty("commands").EnumerateArray().Select(command => command.GetString()!)];
        Assert.Contains($"sshfn request approve {request}", commands);

        foreach (string approver in new[] { "bob@example.com", "carol@example.com" })
        {
            BrokerApi api = await broker.AsPersonAsync(approver);
            await api.PostAsync<DecideAccessRequestRequest, AccessRequestResponse>(
                Routes.AccessRequestDecision.Replace("{id}", request, StringComparison.Ordinal), new DecideAccessRequestRequest("approve", "go <!channel>"));
        }

        ReceivedPost decided = await NextAsync("access-request.activated");
        Assert.Equal(await OpenSslSignatureOfAsync(decided), decided.Headers["webhook-signature"]);
        JsonElement entry = JsonDocument.Parse(decided.Text).RootElement.GetProperty("data").GetProperty("entry");
        Assert.Equal(request, entry.GetProperty("event").GetProperty("request").GetString());

        (_, JsonElement closed) = await SendAsync(broker, "close", "msg_2");
        Assert.Equal("closed", closed.GetProperty("state").GetString());
        await NextAsync("access-request.closed");
        Assert.DoesNotContain("whsec_", broker.Log, StringComparison.Ordinal);
    }

    private async Task<ReceivedPost> NextAsync(string kind)
    {
        while (true)
        {
            ReceivedPost post = await _desk.NextAsync();
            if (JsonDocument.Parse(post.Text).RootElement.GetProperty("type").GetString() == kind) return post;
        }
    }

    private async Task<string> OpenSslSignatureOfAsync(ReceivedPost post)
    {
        string content = _folder["content"];
        await File.WriteAllBytesAsync(content, [.. Encoding.ASCII.GetBytes($"{post.Headers["webhook-id"]}.{post.Headers["webhook-timestamp"]}."), .. post.Body]);
        ProcessRun run = await ProcessRun.ToEndAsync(
            "openssl", ["dgst", "-sha256", "-mac", "HMAC", "-macopt", "hexkey:" + Convert.ToHexStringLower(_outbound), "-r", content]);
        return "v1," + Convert.ToBase64String(Convert.FromHexString(run.Output.Split(' ')[0]));
    }

    private static async Task MakePlaceAsync(TestBroker broker)
    {
        await broker.Admin.PutResourceAsync(Path, new ResourceRequest([new HostAddress("web.example.com", 22)], ["deploy"]));
        await broker.Admin.PutAsync<AccessRuleRequest, AccessRuleResponse>(
            $"{Routes.AccessRule}?path=acme/production", new AccessRuleRequest(Approvers: ["subject=bob@example.com", "subject=carol@example.com"], Approvals: 2));
        foreach (string approver in new[] { "bob", "carol" })
        {
            await broker.Admin.PutAsync<GrantRequest, GrantResponse>(
                $"{Routes.Grants}/{approver}", new GrantRequest("acme", "manager", Subject: approver + "@example.com"));
        }
    }

    private async Task<(HttpStatusCode Status, JsonElement Answer)> SendAsync(TestBroker broker, string kind, string id)
    {
        byte[] body = Encoding.UTF8.GetBytes(
            $$"""{"event":"{{kind}}","number":"INC-1","who":"alice@example.com","where":"{{Path}}","account":"deploy","hours":4,"why":"the shop is down"}""");
        using HttpRequestMessage request = SignedWebhook.Request("desk", _inbound, body, id, TimeProvider.System.GetUtcNow());
        using HttpResponseMessage response = await broker.Anonymous.Http.SendAsync(request);
        return (response.StatusCode, JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync()).RootElement);
    }

    private async Task<string> TicketsAsync() => await KeepAsync("tickets.json", $$$$"""
        {"sources":[{"name":"desk","secretFile":"{{{{await KeepAsync("in", SignedWebhook.SecretOf(_inbound))}}}}","mapping":{
        "event":{"from":"{/event}"},"reference":{"from":"{/number}"},"requester":{"from":"{/who}"},"path":{"from":"{/where}"},
        "logins":{"from":"{/account}"},"duration":{"from":"{/hours}h"},"reason":{"from":"{/why}"}}}]}
        """);

    private async Task<string> OutboundAsync() => await KeepAsync("outbound.json", $$"""
        {"subscriptions":[{"name":"desk","format":"standard","url":"{{_desk.Address}}/decisions","kinds":["access-request.*"],"path":"acme",
        "secretFile":"{{await KeepAsync("out", SignedWebhook.SecretOf(_outbound))}}"}]}
        """);

    private async Task<string> KeepAsync(string name, string text)
    {
        string file = _folder[name];
        await File.WriteAllTextAsync(file, text);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return file;
    }
}
