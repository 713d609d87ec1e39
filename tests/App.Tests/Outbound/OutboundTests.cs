using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SshFunctions.Api;
using SshFunctions.App.Hosting.Outbound;
using SshFunctions.App.Queue;
using SshFunctions.App.Tests.Brokers;
using SshFunctions.App.Timer;
using SshFunctions.Core;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Forwarding;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;
using SshFunctions.Support.Files;
using SshFunctions.Support.Outside;

namespace SshFunctions.App.Tests.Outbound;

/// <summary>The broker's timer and queue function against real receivers on loopback.</summary>
public sealed class OutboundTests : IDisposable
{
    private const int Patience = 60_000;
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private readonly TemporaryFolder _folder = new();
    private readonly WebhookReceiver _receiver = new();

    public void Dispose()
    {
        _receiver.Dispose();
        _folder.Dispose();
    }

    [Fact(Timeout = Patience)]
    public async Task Each_format_is_posted_once_and_signed_where_there_is_a_secret()
    {
        await using WholeBroker broker = await StartAsync($$"""
            {"subscriptions":[
            {"name":"itsm","format":"standard","url":"{{_receiver.Address}}/itsm","secretFile":"SECRET","kinds":["private-key.received"]},
            {"name":"chat","format":"slack","urlFile":"URL","kinds":["private-key.received"]},
            {"name":"team","format":"teams","url":"{{_receiver.Address}}/team?sig=1","kinds":["private-key.*"],"path":"/"},
            {"name":"acme","format":"slack","url":"{{_receiver.Address}}/acme","kinds":["*"],"path":"acme/staging"}]}
            """);
        await broker.Get<JournalWriter>().AppendAsync(WholeBroker.Admin, new JournalEvent.PrivateKeyReceived("SHA256:key"), default);
        await new FollowJournal().HandleAsync(broker.Services, default);
        await broker.DrainAsync(new DeliverNotification());
        await new FollowJournal().HandleAsync(broker.Services, default);
        await broker.DrainAsync(new DeliverNotification());

        Assert.Equal(["/chat", "/itsm", "/team?sig=1"], _receiver.Posts.Select(post => post.Path).Order());
        ReceivedPost signed = _receiver.Posts.Single(post => post.Path == "/itsm");
        Assert.Equal("private-key.received", JsonDocument.Parse(signed.Text).RootElement.GetProperty("type").GetString());
        Assert.Equal(SignatureOf(signed), signed.Headers["webhook-signature"]);
        Assert.All(_receiver.Posts, post => Assert.Equal("application/json", post.Headers["content-type"]));
        Assert.False(_receiver.Posts.Single(post => post.Path == "/chat").Headers.ContainsKey("webhook-signature"));
    }

    [Fact(Timeout = Patience)]
    public async Task A_recorded_entry_is_told_without_a_timer()
    {
        await using WholeBroker broker = await StartAsync($$"""
            {"subscriptions":[{"name":"chat","format":"slack","url":"{{_receiver.Address}}/chat","kinds":["private-key.received"]}]}
            """);
        await broker.Get<JournalWriter>().AppendAsync(WholeBroker.Admin, new JournalEvent.PrivateKeyReceived("SHA256:key"), default);
        while (_receiver.Posts.Count == 0)
        {
            await broker.DrainAsync(new DeliverNotification());
            await Task.Yield();
        }

        Assert.Equal("/chat", Assert.Single(_receiver.Posts).Path);
    }

    [Fact(Timeout = Patience)]
    public async Task A_receiver_that_fails_is_tried_again_then_listed_and_retried_by_an_admin()
    {
        await using WholeBroker broker = await StartAsync($$"""
            {"subscriptions":[{"name":"chat","format":"slack","urlFile":"URL","kinds":["private-key.received"]}]}
            """);
        _receiver.Status = 500;
        await broker.Get<JournalWriter>().AppendAsync(WholeBroker.Admin, new JournalEvent.PrivateKeyReceived("SHA256:key"), default);
        await new FollowJournal().HandleAsync(broker.Services, default);
        for (int attempt = 0; attempt < 8; attempt++)
        {
            await broker.DrainAsync(new DeliverNotification());
            broker.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(5, _receiver.Posts.Count);
        Assert.Single(_receiver.Posts.Select(post => post.Headers["webhook-id"]).Distinct());
        JournalEvent.NotificationGivenUp lost = Assert.Single(await broker.EventsAsync<JournalEvent.NotificationGivenUp>());
        Assert.Equal($"{_receiver.Address} answered 500", lost.Reason); // and not the path, which is the chat's secret

        using HttpClient admin = await AsAdminAsync(broker);
        Page<FailedNotificationResponse> page = (await admin.GetFromJsonAsync(Routes.FailedNotifications, ApiJson.Default.PageFailedNotificationResponse))!;
        FailedNotificationResponse failed = Assert.Single(page.Items);
        _receiver.Status = 204;
        using HttpResponseMessage retried = await admin.PostAsync(Routes.RetryNotification.Replace("{id}", failed.Id, StringComparison.Ordinal), null);
        Assert.Equal(HttpStatusCode.OK, retried.StatusCode);
        await broker.DrainAsync(new DeliverNotification());
        Assert.Equal(6, _receiver.Posts.Count);
        page = (await admin.GetFromJsonAsync(Routes.FailedNotifications, ApiJson.Default.PageFailedNotificationResponse))!;
        Assert.Empty(page.Items);
    }

    [Fact(Timeout = Patience)]
    public async Task A_redirect_is_a_failure_and_never_followed()
    {
        _receiver.Status = 307;
        _receiver.Location = _receiver.Address + "/elsewhere";
        using var http = new OutboundHttp();
        Assert.True(OutboundAddress.TryParse(_receiver.Address + "/hook", out OutboundAddress? address));
        Result<byte[]> answer = await http.PostAsync(address!, "{}"u8.ToArray(), [], default);
        Assert.Equal($"{_receiver.Address} answered 307", answer.Refusal!.Detail);
        Assert.Equal("/hook", Assert.Single(_receiver.Posts).Path);
    }

    [Fact(Timeout = Patience)]
    public async Task The_journal_is_forwarded_to_all_targets_and_one_that_is_away_is_seen_and_catches_up()
    {
        using var syslog = new SyslogReceiver();
        await using WholeBroker broker = await StartAsync($$"""
            {"forwarders":[
            {"name":"siem","kind":"syslog","url":"tcp://127.0.0.1:{{syslog.Port}}"},
            {"name":"collector","kind":"otlp","url":"{{_receiver.Address}}/v1/logs","authorizationFile":"SECRET"},
            {"name":"lake","kind":"webhook","url":"{{_receiver.Address}}/lake","secretFile":"SECRET"}]}
            """);
        _receiver.Status = 503;
        await new FollowJournal().HandleAsync(broker.Services, default);
        int count = syslog.Messages.Count;
        Assert.InRange(count, 4, 20);

        using HttpClient admin = await AsAdminAsync(broker);
        Page<ForwardingResponse> page = (await admin.GetFromJsonAsync(Routes.JournalForwarding, ApiJson.Default.PageForwardingResponse))!;
        Assert.Equal(["siem", "collector", "lake"], page.Items.Select(item => item.Name));
        Assert.Equal((1, $"{_receiver.Address} answered 503"), (page.Items[2].FailureCount, page.Items[2].Failure));
        Assert.True(page.Items[2].Waiting >= count);

        _receiver.Status = 200;
        broker.Clock.Advance(TimeSpan.FromMinutes(1));
        await new FollowJournal().HandleAsync(broker.Services, default);
        ReceivedPost lake = _receiver.Posts.Last(post => post.Path == "/lake");
        Assert.Equal(SignatureOf(lake), lake.Headers["webhook-signature"]);
        string[] forwarded = [.. JsonDocument.Parse(lake.Text).RootElement.GetProperty("data").GetProperty("entries").EnumerateArray().Select(entry => entry.GetRawText())];
        Assert.Equal(syslog.Messages.Select(message => message[message.IndexOf("] {", StringComparison.Ordinal)..][2..]), forwarded);
        Assert.Equal(Secret, _receiver.Posts.Last(post => post.Path == "/v1/logs").Headers["authorization"]);
        Assert.All(await broker.Get<JournalForwarding>().ListAsync(default), status => Assert.Equal((0, 0L), (status.FailureCount, status.Lag!.EntryCount)));
    }

    [Theory]
    [InlineData("""{"forwarders":[{"name":"a","kind":"syslog","url":"tcp://siem.example.com:514"}]}""", "in the clear")]
    [InlineData("""{"forwarders":[{"name":"a","kind":"syslog","url":"tls://siem.example.com"}]}""", "url is no address")]
    [InlineData("""{"forwarders":[{"name":"a","kind":"otlp","url":"http://collector.example.com/v1/logs"}]}""", "no https address")]
    [InlineData("""{"forwarders":[{"name":"a","kind":"webhook","url":"https://x.example.com"}]}""", "secretFile is missing")]
    [InlineData("""{"forwarders":[{"name":"a","kind":"pigeon","url":"https://x.example.com"}]}""", "kind is none")]
    [InlineData("""{"forwarders":[{"name":"A","kind":"otlp","url":"https://x.example.com"}]}""", "no name")]
    [InlineData("""{"subscriptions":[{"name":"a","format":"slack","url":"https://x.example.com","kinds":["host.alarms"]}]}""", "fits no event")]
    [InlineData("""{"subscriptions":[{"name":"a","format":"slack"}]}""", "url is missing")]
    [InlineData("""{"subscriptions":[{"name":"a","format":"standard","url":"https://x.example.com"}]}""", "secretFile is missing")]
    [InlineData("""{"subscriptions":[{"name":"a","format":"slack","url":"https://x.example.com"},{"name":"a","format":"teams","url":"https://x.example.com"}]}""", "one name")]
    [InlineData("""{"subscription":[]}""", "subscription")]
    public void A_wrong_file_is_refused_with_the_field(string text, string expected)
    {
        Refusal refusal = OutboundFile.Read(text).Refusal!;
        Assert.StartsWith("--outbound (its text)", refusal.Detail, StringComparison.Ordinal);
        Assert.Contains(expected, refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_that_others_can_read_is_refused()
    {
        string file = _folder["open"];
        File.WriteAllText(file, Secret);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        Assert.Contains(
            "can be read by other users",
            OutboundFile.Read($$"""{"forwarders":[{"name":"a","kind":"webhook","url":"https://x.example.com","secretFile":"{{file}}"}]}""").Refusal!.Detail,
            StringComparison.Ordinal);
    }

    [Fact]
    public void An_address_that_is_a_secret_never_prints_itself()
    {
        Assert.True(OutboundAddress.TryParse("https://hooks.slack.example/services/T000/B000/XXXX?sig=1", out OutboundAddress? address));
        Assert.Equal("https://hooks.slack.example", address!.ToString());
    }

    private Task<WholeBroker> StartAsync(string outbound)
    {
        string text = outbound
            .Replace("SECRET", KeptAs("secret", Secret), StringComparison.Ordinal)
            .Replace("URL", KeptAs("url", _receiver.Address + "/chat"), StringComparison.Ordinal);
        OutboundProfile bound = WholeBroker.Must(OutboundFile.Read(text));
        return WholeBroker.StartAsync(profile => profile with { Outbound = bound });
    }

    private string KeptAs(string name, string text)
    {
        string file = _folder[name];
        File.WriteAllText(file, text + "\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return file;
    }

    private static async Task<HttpClient> AsAdminAsync(WholeBroker broker)
    {
        WholeBroker.Must(await broker.Get<GrantRegistry>().PutAsync(
            WholeBroker.Admin, new Grant(GrantId.Parse("root"), ResourcePath.Root, Role.Admin, Holder.Parse("subject=carol"), null, null, null, [], null, null), default));
        CreatedAccessToken created = WholeBroker.Must(await broker.Get<AccessTokenRegistry>().CreateAsync(
            WholeBroker.Admin,
            new AccessTokenOrder("test", CallerKind.Person, Subject.Parse("carol"), [], broker.Clock.GetUtcNow() + TimeSpan.FromDays(1)),
            default));
        using Core.Callers.Secret secret = created.Secret;
        var client = new HttpClient { BaseAddress = broker.Http.BaseAddress };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", $"{created.Token.Id}.{secret.Reveal()}");
        return client;
    }

    /// <summary>What Standard Webhooks demands, reckoned by the receiver itself.</summary>
    private static string SignatureOf(ReceivedPost post) => "v1," + Convert.ToBase64String(HMACSHA256.HashData(
        Convert.FromBase64String(Secret["whsec_".Length..]),
        (byte[])[.. Encoding.ASCII.GetBytes($"{post.Headers["webhook-id"]}.{post.Headers["webhook-timestamp"]}."), .. post.Body]));
}
