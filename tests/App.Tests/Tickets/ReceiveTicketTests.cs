using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SshFunctions.App.Hosting.Tickets;
using SshFunctions.App.Queue;
using SshFunctions.App.Tests.Brokers;
using SshFunctions.Core.Access;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Revocations;
using SshFunctions.Core.Tickets;
using SshFunctions.Ssh.Keys;
using SshFunctions.Support.Files;

namespace SshFunctions.App.Tests.Tickets;

public sealed class ReceiveTicketTests : IAsyncLifetime, IDisposable
{
    private const int Patience = 60_000;
    private readonly TemporaryFolder _folder = new();
    private WholeBroker _broker = null!;
    private TicketSender _sender = null!;

    public async Task InitializeAsync()
    {
        _broker = await WholeBroker.StartAsync(profile => profile with { Tickets = SourcesWith(Mapping) });
        _sender = new TicketSender(_broker);
    }

    public Task DisposeAsync() => _broker.DisposeAsync().AsTask();

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = Patience)]
    public async Task A_signed_ticket_opens_a_request_and_its_end_closes_it()
    {
        (HttpStatusCode status, JsonElement opened) = await _sender.SendAsync(Ticket());
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(("opened", "pending"), (opened.GetProperty("event").GetString(), opened.GetProperty("state").GetString()));
        AccessRequest request = (await _broker.Get<AccessRequests>().FindByTicketAsync("itsm", "INC-1", default))!;
        Assert.Equal(opened.GetProperty("request").GetString(), request.Id.ToString());
        Assert.Equal(("alice@example.com", "acme/production/web", TimeSpan.FromHours(4)), (request.Order.Requester.Text, request.Order.Path.Text, request.Order.Duration));

        (_, JsonElement again) = await _sender.SendAsync(Ticket(), "msg_2");
        Assert.Equal(request.Id.ToString(), again.GetProperty("request").GetString());

        (status, JsonElement closed) = await _sender.SendAsync(Ticket("close"), "msg_3");
        Assert.Equal((HttpStatusCode.OK, "closed", "closed"), (status, closed.GetProperty("event").GetString(), closed.GetProperty("state").GetString()));
        (_, JsonElement unknown) = await _sender.SendAsync(Ticket("close", "INC-2"), "msg_4");
        Assert.Equal("ignored", unknown.GetProperty("event").GetString());
        (_, JsonElement ignored) = await _sender.SendAsync(Ticket("comment"), "msg_5");
        Assert.Equal("ignored", ignored.GetProperty("event").GetString());
        Assert.Empty(await _broker.EventsAsync<JournalEvent.TicketRefused>());
    }

    [Fact(Timeout = Patience)]
    public async Task Both_secrets_count_while_one_is_changed()
    {
        var old = new TicketSender(_broker) { Key = [.. Enumerable.Repeat((byte)9, 24)] };
        Assert.Equal(HttpStatusCode.OK, (await old.SendAsync(Ticket(), "msg_old")).Status);
        Assert.Equal(HttpStatusCode.OK, (await _sender.SendAsync(Ticket(), "msg_new")).Status);
    }

    [Theory(Timeout = Patience)]
    [InlineData("v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", 0, 401, "the webhook's signature is not right")]
    [InlineData("", 0, 401, "the webhook's signature is not right")]
    [InlineData(null, 301, 401, "the webhook's time is too far from now")]
    [InlineData(null, -301, 401, "the webhook's time is too far from now")]
    public async Task A_wrong_signature_or_time_is_refused_leaves_nothing_and_is_recorded(string? signature, int ageSeconds, int status, string reason)
    {
        (HttpStatusCode answered, _) = await _sender.SendAsync(Ticket(), age: TimeSpan.FromSeconds(ageSeconds), signature: signature);
        Assert.Equal(status, (int)answered);
        await NothingIsKeptAsync(reason);
    }

    [Fact(Timeout = Patience)]
    public async Task A_replay_is_refused_also_at_once_and_what_came_to_nothing_may_come_again()
    {
        Task<(HttpStatusCode Status, JsonElement Answer)>[] sent = [.. Enumerable.Range(0, 8).Select(_ => _sender.SendAsync(Ticket()))];
        HttpStatusCode[] answers = [.. (await Task.WhenAll(sent)).Select(answer => answer.Status).Order()];
        Assert.Equal([HttpStatusCode.OK, .. Enumerable.Repeat(HttpStatusCode.Conflict, 7)], answers);
        Assert.Equal(1, await _broker.CountAsync("webhooks"));
        Assert.Contains(await _broker.EventsAsync<JournalEvent.TicketRefused>(), refused => refused.Reason == "this webhook was taken before");

        string wrong = Ticket(number: "INC-2", path: "acme/production/nowhere");
        Assert.Equal(HttpStatusCode.NotFound, (await _sender.SendAsync(wrong, "msg_2")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await _sender.SendAsync(wrong, "msg_2")).Status);
        Assert.Equal(1, await _broker.CountAsync("webhooks"));
    }

    [Fact(Timeout = Patience)]
    public async Task What_was_taken_is_forgotten_when_its_time_is_too_old_to_count()
    {
        await _sender.SendAsync(Ticket());
        _broker.Clock.Advance(TimeSpan.FromMinutes(6));
        await _sender.SendAsync(Ticket(), "msg_2");
        Assert.Equal(1, await _broker.CountAsync("webhooks"));
    }

    [Theory(Timeout = Patience)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_of_ten_mebibytes_is_refused_before_it_is_read(bool chunked)
    {
        string large = Ticket(reason: new string('x', 10 * 1024 * 1024));
        try
        {
            (HttpStatusCode status, _) = await _sender.SendAsync(large, contentOf: chunked ? bytes => new StreamContent(new Unseekable(bytes)) : null);
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
        }
        catch (HttpRequestException)
        {
            // The server ended the connection while the client was still sending: it has not read on.
        }

        await NothingIsKeptAsync("the webhook is larger than the broker takes");
    }

    [Theory(Timeout = Patience)]
    [InlineData("publicKey")]
    [InlineData("comment")]
    [InlineData("attachment")]
    public async Task A_private_key_anywhere_is_refused_never_kept_and_its_public_half_revoked(string member)
    {
        using SshPrivateKey key = SshPrivateKey.GenerateEcdsa(256);
        string text = Encoding.UTF8.GetString(OpenSshPrivateKey.Write(key, "alice"));
        JsonObject ticket = JsonNode.Parse(Ticket())!.AsObject();
        ticket[member] = member == "attachment" ? new JsonArray(new JsonObject { ["data"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(text)) }) : text;

        (HttpStatusCode status, JsonElement problem) = await _sender.SendAsync(ticket.ToJsonString());
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("private key", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        await NothingIsKeptAsync("the ticket holds a private key; it was refused and not kept");
        string fingerprint = key.PublicKey.Fingerprint.ToString();
        Assert.Equal(fingerprint, Assert.Single(await _broker.EventsAsync<JournalEvent.PrivateKeyReceived>()).Fingerprint);
        Assert.Contains(await _broker.Get<RevocationRegistry>().ListAsync(null, default).ToListAsync(), revoked => revoked.Target == fingerprint);
        string secret = text.Split('\n')[2];
        foreach (string partition in new[] { "journal:000000000000001", "grants", "revocations", "webhooks", "keys", "queue:access-requests" })
        {
            foreach (StoredDocument document in (await _broker.Store.ListAsync(partition, RowRange.All, default)).Documents)
                Assert.DoesNotContain(secret, Encoding.UTF8.GetString(document.Body.Span), StringComparison.Ordinal);
        }
    }

    [Theory(Timeout = Patience)]
    [InlineData("not JSON")]
    [InlineData("[]")]
    [InlineData("""{"event":"open","event":"close"}""")]
    [InlineData("""{"event":"open"}""")]
    public async Task A_signed_body_that_is_no_ticket_is_refused(string body)
    {
        Assert.Equal(HttpStatusCode.BadRequest, (await _sender.SendAsync(body)).Status);
        Assert.Single(await _broker.EventsAsync<JournalEvent.TicketRefused>());
        Assert.Equal(0, await _broker.CountAsync("webhooks"));
    }

    [Fact(Timeout = Patience)]
    public async Task A_source_that_is_not_configured_is_refused_and_its_name_recorded_nowhere()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await new TicketSender(_broker, "evil-name").SendAsync(Ticket())).Status);
        Assert.Null(Assert.Single(await _broker.EventsAsync<JournalEvent.TicketRefused>()).Source);
    }

    [Fact(Timeout = Patience)]
    public async Task A_flood_of_wrong_signatures_leaves_a_handful_of_entries()
    {
        for (int index = 0; index < 200; index++) await _sender.SendAsync(Ticket(), signature: "v1,x");
        Assert.Equal(10, (await _broker.EventsAsync<JournalEvent.TicketRefused>()).Length);
    }

    [Fact(Timeout = Patience)]
    public async Task A_ticket_on_the_queue_does_the_same()
    {
        var queue = _broker.Get<IMessageQueue>();
        await queue.SendAsync(AccessRequests.Queue, Encoding.UTF8.GetBytes(Queued("open")), default);
        await queue.SendAsync(AccessRequests.Queue, Encoding.UTF8.GetBytes(Queued("open")), default);
        await _broker.DrainAsync(new ProvisionAccess());
        AccessRequest request = (await _broker.Get<AccessRequests>().FindByTicketAsync("desk", "INC-9", default))!;
        Assert.Equal((AccessRequestState.Pending, Caller.System.Subject), (request.State, request.OpenedBy));
        await queue.SendAsync(AccessRequests.Queue, Encoding.UTF8.GetBytes(Queued("close")), default);
        await queue.SendAsync(AccessRequests.Queue, """{"ticket":{"source":"desk","event":"open","password":"x"}}"""u8.ToArray(), default);
        await _broker.DrainAsync(new ProvisionAccess());
        Assert.Equal(AccessRequestState.Closed, (await _broker.Get<AccessRequests>().FindByTicketAsync("desk", "INC-9", default))!.State);
        Assert.Equal("queue", Assert.Single(await _broker.EventsAsync<JournalEvent.TicketRefused>()).Source);
    }

    private const string Mapping = """
        {"event":{"from":"{/event}","values":{"open":"open","close":"close"},"default":"ignore"},"reference":{"from":"{/number}"},
        "requester":{"from":"{/who}"},"path":{"from":"{/where}"},"logins":{"from":"{/account}"},"duration":{"from":"{/hours}h"},
        "reason":{"from":"{/why}"},"publicKey":{"from":"{/publicKey}"}}
        """;

    private static string Ticket(string kind = "open", string number = "INC-1", string path = "acme/production/web", string reason = "the shop is down") =>
        new JsonObject { ["event"] = kind, ["number"] = number, ["who"] = "alice@example.com", ["where"] = path, ["account"] = "deploy", ["hours"] = 4, ["why"] = reason }.ToJsonString();

    private static string Queued(string kind) =>
        $$$"""{"ticket":{"source":"desk","event":"{{{kind}}}","reference":"INC-9","requester":"alice@example.com","path":"acme/production/web","logins":"deploy","duration":"PT4H","reason":"x"}}""";

    private System.Collections.Immutable.ImmutableArray<TicketSource> SourcesWith(string mapping)
    {
        string file = _folder["secret"];
        File.WriteAllText(file, $"{new TicketSender(null!).Secret}\nwhsec_{Convert.ToBase64String([.. Enumerable.Repeat((byte)9, 24)])}\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return WholeBroker.Must(TicketsFile.Read($$"""{"sources":[{"name":"itsm","secretFile":"{{file}}","mapping":{{mapping}}}]}"""));
    }

    private async Task NothingIsKeptAsync(string reason)
    {
        Assert.Equal(("itsm", reason), (Assert.Single(await _broker.EventsAsync<JournalEvent.TicketRefused>()) is var refused ? refused.Source : null, refused.Reason));
        Assert.Empty(await _broker.Get<AccessRequests>().ListAsync(null, default).ToListAsync());
        Assert.Equal((0, 0), (await _broker.CountAsync("webhooks"), await _broker.CountAsync("queue:access-requests")));
    }

    private sealed class Unseekable(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
