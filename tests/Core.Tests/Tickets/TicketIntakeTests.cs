using System.Text;
using System.Text.Json;
using SshFunctions.Core.Tickets;

namespace SshFunctions.Core.Tests.Tickets;

public sealed class TicketIntakeTests
{
    [Theory]
    [InlineData("""{"ticket":{"source":"jira","reason":"\ud800"}}""")]
    [InlineData("""{"ticket":{"\udc00":"jira"}}""")]
    [InlineData("""{"\ud800":1}""")]
    [InlineData("""{"a":[["\ud800"]]}""")]
    public void A_ticket_with_half_of_a_character_is_refused_and_breaks_nothing(string json) =>
        Assert.IsType<Refusal.Invalid>(TicketIntake.Parse(Encoding.UTF8.GetBytes(json)).Refusal);

    [Fact]
    public void A_message_of_the_queue_with_half_of_a_character_in_a_name_is_no_ticket_and_breaks_nothing()
    {
        Assert.False(TicketIntake.Names("{\"\\ud800request\":\"r-7\"}"u8));
        Assert.True(TicketIntake.Names("{\"ticket\":{}}"u8));
    }

    [Fact]
    public void A_ticket_of_bytes_that_are_no_UTF8_is_refused_and_breaks_nothing() =>
        Assert.IsType<Refusal.Invalid>(TicketIntake.Parse(new byte[] { (byte)'{', (byte)'"', (byte)'a', (byte)'"', (byte)':', (byte)'"', 0xFF, (byte)'"', (byte)'}' }).Refusal);

    [Fact]
    public void JSON_in_a_text_with_half_of_a_character_is_searched_as_the_text_it_is()
    {
        string nested = """{"a":"\ud800","key":"-----BEGIN OPENSSH PRIVATE KEY-----"}""";
        using JsonDocument document = JsonDocument.Parse(JsonSerializer.Serialize(new Dictionary<string, string> { ["attachment"] = nested }));

        Assert.NotNull(PrivateKeyScan.Find(document.RootElement));
    }
}
