using SshFunctions.App.Hosting.Outbound;
using SshFunctions.Core;
using SshFunctions.Core.Journal;
using SshFunctions.Support.Files;
using SshFunctions.Support.Outside;
using SshFunctions.Support.Time;

namespace SshFunctions.App.Tests.Outbound;

public sealed class SyslogTargetTests : IDisposable
{
    private const int Patience = 60_000;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = Patience)]
    public async Task A_server_over_TCP_reads_every_entry()
    {
        using var server = new SyslogReceiver();
        var target = new SyslogTarget(new TargetProfile.Syslog("127.0.0.1", server.Port, false, null), () => "broker", TimeProvider.System);
        JournalEntry[] entries = [.. Enumerable.Range(1, 300).Select(Entry)];
        Assert.True((await target.SendAsync(entries, default)).Succeeded);
        Assert.Equal(300, server.Messages.Count);
        Assert.EndsWith(System.Text.Encoding.UTF8.GetString(entries[299].Encoded.Span), server.Messages[299], StringComparison.Ordinal);
    }

    [Fact(Timeout = Patience)]
    public async Task A_server_over_TLS_is_believed_by_its_certificate_alone()
    {
        using var server = new SyslogReceiver(tls: true);
        string authority = _folder["ca.pem"];
        await File.WriteAllTextAsync(authority, server.CertificatePem);
        Assert.True((await TlsTo(server, "localhost", authority).SendAsync([Entry(1)], default)).Succeeded);
        Assert.Single(server.Messages);

        Assert.False((await TlsTo(server, "localhost", null).SendAsync([Entry(2)], default)).Succeeded); // nobody vouches for it
        Assert.False((await TlsTo(server, "127.0.0.1", authority).SendAsync([Entry(3)], default)).Succeeded); // another name
        Assert.Single(server.Messages);
    }

    [Fact(Timeout = Patience)]
    public async Task A_server_that_is_away_or_ends_without_reading_has_taken_nothing()
    {
        int port;
        using (var gone = new SyslogReceiver()) port = gone.Port;
        var away = new SyslogTarget(new TargetProfile.Syslog("127.0.0.1", port, false, null), () => "", TimeProvider.System);
        Assert.IsType<Refusal.Unavailable>((await away.SendAsync([Entry(1)], default)).Refusal);

        using var server = new SyslogReceiver { Rejects = true };
        var target = new SyslogTarget(new TargetProfile.Syslog("127.0.0.1", server.Port, false, null), () => "", TimeProvider.System);
        Assert.IsType<Refusal.Unavailable>((await target.SendAsync([.. Enumerable.Range(1, 500).Select(Entry)], default)).Refusal);
        server.Rejects = false;
        Assert.True((await target.SendAsync([Entry(1)], default)).Succeeded);
        Assert.Single(server.Messages);
    }

    [Fact(Timeout = Patience)]
    public async Task A_server_that_hangs_is_given_up()
    {
        using var silent = new Support.Http.SilentServer();
        var clock = new ManualClock();
        var target = new SyslogTarget(new TargetProfile.Syslog("127.0.0.1", new Uri(silent.Address).Port, false, null), () => "", clock);
        Task<Result<Done>> sending = target.SendAsync([Entry(1)], default);
        while (clock.WaitingCount == 0) await Task.Yield();
        clock.Advance(TimeSpan.FromSeconds(15));
        Assert.Contains("did not read everything", (await sending).Refusal!.Detail, StringComparison.Ordinal);
    }

    private static SyslogTarget TlsTo(SyslogReceiver server, string host, string? authority) =>
        new(new TargetProfile.Syslog(host, server.Port, true, authority), () => "broker", TimeProvider.System);

    private static JournalEntry Entry(int index) => JournalEntry.Create(
        new JournalPosition(1, index),
        DateTimeOffset.UnixEpoch,
        new JournalCaller(Core.Callers.CallerKind.Person, Core.Callers.Subject.Parse("alice"), null),
        new JournalEvent.PrivateKeyReceived("SHA256:ü"),
        JournalEntry.NoPrevious);
}
