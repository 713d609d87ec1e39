using System.Text;
using SshFunctions.App.Hosting.Triggers;
using SshFunctions.Core;
using SshFunctions.Support.Functions;

namespace SshFunctions.App.Tests.Triggers;

public sealed class InvocationBodyTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 31, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> Messages =>
    [
        """{"number":7}""",
        """{ "text" : "ä € 𝄞 \" \\ / \u0001 </script>" }""",
        "plain text",
        "\"a JSON string\"",
        "\"unbalanced",
        "",
        "null",
        "[1,2]",
        "line\nbreak\u2028and\u0085more",
        """{"Data":{"message":"x"},"Metadata":1,"DequeueCount":99,"Id":"mine","sys":{"MethodName":"Other"},"message":"other","QueueTrigger":"q"}""",
        $"{string.Concat(Enumerable.Repeat("{\"a\":", 60))}1{new string('}', 60)}",
    ];

    [Theory]
    [MemberData(nameof(Messages))]
    public async Task Reads_the_message_that_the_host_wrote_whatever_it_shadows(string message)
    {
        byte[] body = await HostInvocation.OfMessage("PublishRevocations", "message", HostMessage.Of(message), Now).ToContent().ReadAsByteArrayAsync();
        Assert.Equal(message, MessageIn(body));
    }

    [Theory]
    [InlineData("""{"Data":{"message":"\"{\\\"op\\\":\\\"revoke\\\"}\""},"Metadata":{"DequeueCount":"1","op":"\"revoke\""}}""", """{"op":"revoke"}""")]
    [InlineData("""{"Data":{"message":"{\"op\":\"revoke\"}"},"Metadata":{"DequeueCount":1}}""", """{"op":"revoke"}""")]
    [InlineData("""{"Metadata":{},"Data":{"other":[{}],"message":"x"},"More":null}""", "x")]
    public void Reads_what_the_host_writes_and_what_its_documentation_shows(string body, string message) =>
        Assert.Equal(message, MessageIn(Encoding.UTF8.GetBytes(body)));

    [Theory]
    [InlineData("nothing", "")]
    [InlineData("null", "null")]
    [InlineData("a list", "[]")]
    [InlineData("a number", "7")]
    [InlineData("text that is no JSON", "hello")]
    [InlineData("no data", "{}")]
    [InlineData("data under another name", """{"data":{"message":"x"}}""")]
    [InlineData("data that is a list", """{"Data":["message"]}""")]
    [InlineData("no message", """{"Data":{"msg":"x"}}""")]
    [InlineData("a message that is null", """{"Data":{"message":null}}""")]
    [InlineData("a message that is a number", """{"Data":{"message":1}}""")]
    [InlineData("a message that is an object", """{"Data":{"message":{"number":7}}}""")]
    [InlineData("two messages", """{"Data":{"message":"x","message":"y"}}""")]
    [InlineData("two data", """{"Data":{"message":"x"},"Data":{"message":"y"}}""")]
    [InlineData("a message that was not closed", """{"Data":{"message":"\"x"}}""")]
    [InlineData("more after a message", """{"Data":{"message":"\"x\" \"y\""}}""")]
    [InlineData("half a pair of surrogates", """{"Data":{"message":"\ud834"}}""")]
    [InlineData("half a pair of surrogates further in", """{"Data":{"message":"\"\\ud834\""}}""")]
    [InlineData("no end", """{"Data":{"message":"x"}""")]
    [InlineData("more after the end", """{"Data":{"message":"x"}}{}""")]
    [InlineData("a comment", """{"Data":{"message":"x"}/**/}""")]
    public void Refuses_a_body_with(string what, string body) =>
        Assert.True(InvocationBody.ReadMessage(Encoding.UTF8.GetBytes(body)).Refusal is Refusal.Invalid, what);

    [Fact]
    public void Refuses_bytes_that_are_no_text()
    {
        byte[] body = [.. "{\"Data\":{\"message\":\""u8, 0xC3, 0x28, .. "\"}}"u8];
        Assert.IsType<Refusal.Invalid>(InvocationBody.ReadMessage(body).Refusal);
    }

    [Fact]
    public void Skips_metadata_of_any_depth()
    {
        string deep = new string('[', 200_000) + new string(']', 200_000);
        Assert.Equal("x", MessageIn(Encoding.UTF8.GetBytes($$$"""{"Metadata":{{{deep}}},"Data":{"message":"x"}}""")));
        Assert.IsType<Refusal.Invalid>(InvocationBody.ReadMessage(Encoding.UTF8.GetBytes(new string('[', 200_000))).Refusal);
    }

    [Fact]
    public async Task Reads_the_timer_that_the_host_wrote()
    {
        byte[] body = await HostInvocation.OfTimer("ExpireAccess", "timer", true, Now).ToContent().ReadAsByteArrayAsync();
        Assert.True(InvocationBody.ReadTimer(body).Succeeded);
        Assert.True(InvocationBody.ReadTimer("""{"Data":{"timer":{"ScheduleStatus":null}}}"""u8).Succeeded);
        Assert.False(InvocationBody.ReadTimer("""{"Data":{"timer":"now"}}"""u8).Succeeded);
        Assert.False(InvocationBody.ReadTimer("{}"u8).Succeeded);
    }

    private static string? MessageIn(byte[] body) =>
        InvocationBody.ReadMessage(body).Try(out byte[]? message, out Refusal? refusal) ? Encoding.UTF8.GetString(message) : refusal.Detail;
}
