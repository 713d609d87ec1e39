using System.Text;
using System.Text.Json;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Notifications;

namespace SshFunctions.Core.Tests.Notifications;

public sealed class NotificationBodyTests
{
    private const string Evil = "<!channel> [click](https://evil.example) *bold* <script> & \u202egpj.exe\r\n| {{DATE(2020-01-01T00:00:00Z,SHORT)}}";
    private static readonly DateTimeOffset Time = new(2030, 1, 31, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Slack_is_given_text_of_others_as_plain_text_only()
    {
        using JsonDocument body = Write(NotificationFormat.Slack, Evil);
        Assert.Equal("Alarm of a host", body.RootElement.GetProperty("text").GetString());
        Assert.False(body.RootElement.GetProperty("mrkdwn").GetBoolean());
        JsonElement[] texts = [.. TextsIn(body.RootElement.GetProperty("blocks"))];
        Assert.NotEmpty(texts);
        Assert.All(texts, text => Assert.Equal(("plain_text", false), (text.GetProperty("type").GetString(), text.GetProperty("emoji").GetBoolean())));
        Assert.Contains(texts, text => text.GetProperty("text").GetString()!.StartsWith("detail: <!channel> [click](https://evil.example) *bold*", StringComparison.Ordinal));
    }

    [Fact]
    public void Teams_is_given_text_of_others_as_runs_which_know_no_markdown()
    {
        using JsonDocument body = Write(NotificationFormat.Teams, Evil);
        JsonElement card = body.RootElement.GetProperty("attachments")[0].GetProperty("content");
        Assert.Equal("AdaptiveCard", card.GetProperty("type").GetString());
        JsonElement[] blocks = [.. card.GetProperty("body").EnumerateArray()];
        Assert.All(blocks, block => Assert.Equal("RichTextBlock", block.GetProperty("type").GetString()));
        Assert.All(blocks.SelectMany(block => block.GetProperty("inlines").EnumerateArray()), run => Assert.Equal("TextRun", run.GetProperty("type").GetString()));
    }

    [Theory]
    [InlineData(NotificationFormat.Slack)]
    [InlineData(NotificationFormat.Teams)]
    public void No_text_of_others_breaks_a_line_or_turns_its_direction(NotificationFormat format)
    {
        using JsonDocument body = Write(format, Evil);
        foreach (JsonElement text in TextsIn(body.RootElement).Where(text => text.GetProperty("text").ValueKind == JsonValueKind.String))
        {
            string value = text.GetProperty("text").GetString()!;
            Assert.DoesNotContain('\u202e', value);
            if (!value.StartsWith("sshfn ", StringComparison.Ordinal)) Assert.DoesNotContain('\n', value);
        }
    }

    [Fact]
    public void Programs_are_given_the_entry_itself()
    {
        JournalEntry entry = AlarmOf(Evil);
        using JsonDocument body = JsonDocument.Parse(NotificationBody.Write(entry, NotificationFormat.Standard));
        Assert.Equal("host.alarm", body.RootElement.GetProperty("type").GetString());
        JsonElement data = body.RootElement.GetProperty("data");
        Assert.Equal(("65537", "acme/production/web"), (data.GetProperty("serial").GetString(), data.GetProperty("path").GetString()));
        Assert.Equal(Encoding.UTF8.GetString(entry.Encoded.Span), data.GetProperty("entry").GetRawText());
    }

    [Fact]
    public void A_long_text_is_cut_and_the_body_stays_small()
    {
        foreach (NotificationFormat format in Enum.GetValues<NotificationFormat>())
            Assert.InRange(NotificationBody.Write(AlarmOf(new string('x', 10_000)), format).Length, 100, format == NotificationFormat.Standard ? 12_000 : 4_000);
    }

    private static JsonDocument Write(NotificationFormat format, string detail) => JsonDocument.Parse(NotificationBody.Write(AlarmOf(detail), format));

    private static JournalEntry AlarmOf(string detail) => JournalEntry.Create(
        new JournalPosition(1, 1),
        Time,
        JournalCaller.Of(Broker.Alice),
        new JournalEvent.HostAlarm(Broker.EnrolledHostOf().Id, Broker.Web, "a1", "trust", detail, Time),
        JournalEntry.NoPrevious);

    private static IEnumerable<JsonElement> TextsIn(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.EnumerateArray().SelectMany(TextsIn),
        JsonValueKind.Object => value.EnumerateObject().SelectMany(member => TextsIn(member.Value))
            .Concat(value.TryGetProperty("text", out JsonElement text) && text.ValueKind == JsonValueKind.String && value.TryGetProperty("type", out _) ? [value] : []),
        _ => [],
    };
}
