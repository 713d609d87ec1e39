using System.Text;
using System.Text.Json;
using SshFunctions.Core.Forwarding;
using SshFunctions.Core.Journal;

namespace SshFunctions.Core.Tests.Forwarding;

public sealed class ForwardedTextTests
{
    private static readonly DateTimeOffset Time = new(2030, 1, 31, 12, 0, 0, 250, TimeSpan.Zero);

    [Fact]
    public void A_syslog_message_has_its_length_before_it_and_the_stored_entry_in_it()
    {
        JournalEntry entry = EntryOf(new JournalEvent.HostAlarm(Broker.EnrolledHostOf().Id, Broker.Web, "a1", "trust", "ünder \"attack\"\n] now", Time));
        byte[] frame = SyslogText.Write(entry, "ssh.example.com");
        int space = Array.IndexOf(frame, (byte)' ');
        byte[] message = frame[(space + 1)..];
        Assert.Equal(message.Length, int.Parse(Encoding.ASCII.GetString(frame[..space]), null));
        Assert.Equal(
            $"<105>1 2030-01-31T12:00:00.250000Z ssh.example.com sshfn-broker - host.alarm [sshfn@32473 serial=\"65537\" subject=\"alice\" hash=\"{entry.Hash}\" path=\"acme/production/web\"] "
                + Encoding.UTF8.GetString(entry.Encoded.Span),
            Encoding.UTF8.GetString(message));
    }

    [Theory]
    [InlineData("", "-")]
    [InlineData("a b\nc", "abc")]
    [InlineData("ß", "-")]
    public void A_host_name_can_not_shift_the_fields(string host, string expected) =>
        Assert.Equal(expected, Encoding.UTF8.GetString(SyslogText.Write(EntryOf(new JournalEvent.PrivateKeyReceived(null)), host)).Split(' ')[3]);

    [Fact]
    public void An_OTLP_request_has_a_record_for_each_entry()
    {
        JournalEntry refused = EntryOf(new JournalEvent.CertificateRefused(Broker.Web, Broker.Deploy, "SHA256:key", "no"));
        using JsonDocument request = JsonDocument.Parse(OtlpLogs.Write([refused, EntryOf(new JournalEvent.PrivateKeyReceived(null))], "1.2"));
        JsonElement[] records = [.. request.RootElement.GetProperty("resourceLogs")[0].GetProperty("scopeLogs")[0].GetProperty("logRecords").EnumerateArray()];
        Assert.Equal(2, records.Length);
        Assert.Equal("1896091200250000000", records[0].GetProperty("timeUnixNano").GetString());
        Assert.Equal((13, "sshfn.certificate.refused"), (records[0].GetProperty("severityNumber").GetInt32(), records[0].GetProperty("eventName").GetString()));
        Assert.Equal(Encoding.UTF8.GetString(refused.Encoded.Span), records[0].GetProperty("body").GetProperty("stringValue").GetString());
        Assert.Equal(17, records[1].GetProperty("severityNumber").GetInt32());
    }

    [Fact]
    public void A_webhook_batch_holds_the_entries_as_they_are_stored_and_is_known_again()
    {
        JournalEntry entry = EntryOf(new JournalEvent.PrivateKeyReceived("SHA256:a+b"));
        Assert.Contains(Encoding.UTF8.GetString(entry.Encoded.Span), Encoding.UTF8.GetString(ForwardedBatch.Write([entry], Time)), StringComparison.Ordinal);
        Assert.Equal("journal-lake-65537-65537", ForwardedBatch.StampOf("lake", [entry], Time).Id);
    }

    private static JournalEntry EntryOf(JournalEvent told) =>
        JournalEntry.Create(new JournalPosition(1, 1), Time, JournalCaller.Of(Broker.Alice), told, JournalEntry.NoPrevious);
}
