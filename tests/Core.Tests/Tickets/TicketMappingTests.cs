using System.Collections.Frozen;
using System.Text.Json;
using SshFunctions.Core.Tickets;

namespace SshFunctions.Core.Tests.Tickets;

public sealed class TicketMappingTests
{
    private const string Message = """
        {"issue":{"key":"OPS-7","a/b":"slash","m~n":"tilde","hours":4,"open":true,"nothing":null,"stage":"production","evil":"production/db",
        "labels":["one","two"],"logins":"deploy,root","people":[{"mail":"alice@example.com"}],"object":{}}}
        """;

    [Theory]
    [InlineData("{/issue/key}", "OPS-7")]
    [InlineData("https://help.example.com/{/issue/key}?x={{}}", "https://help.example.com/OPS-7?x={}")]
    [InlineData("{/issue/hours}h", "4h")]
    [InlineData("{/issue/open}", "true")]
    [InlineData("{/issue/a~1b}", "slash")]
    [InlineData("{/issue/m~0n}", "tilde")]
    [InlineData("{/issue/people/0/mail}", "alice@example.com")]
    [InlineData("{/issue/labels}", "one,two")]
    [InlineData("{/issue/missing | /issue/key}", "OPS-7")]
    [InlineData("fixed", "fixed")]
    [InlineData("{/issue/missing}", null)]
    [InlineData("x{/issue/nothing}", null)]
    [InlineData("{/issue/object}", null)]
    [InlineData("{/issue/people/1/mail}", null)]
    public void A_template_is_filled_from_the_message(string text, string? expected)
    {
        Assert.True(TicketTemplate.TryParse(text, out TicketTemplate? template));
        Assert.True(template.TryFill(MessageRoot, "", out string? filled));
        Assert.Equal(expected, filled);
    }

    [Theory]
    [InlineData("{/issue/key")]
    [InlineData("}")]
    [InlineData("{}")]
    [InlineData("{issue/key}")]
    [InlineData("{/issue/key|x}")]
    public void Refuses_a_text_that_is_no_template(string text) => Assert.False(TicketTemplate.TryParse(text, out _));

    [Fact]
    public void A_part_of_the_message_adds_no_level_to_a_path_and_no_item_to_a_list()
    {
        Assert.Equal("acme/production/web", Map(path: "acme/{/issue/stage}/web").Value!.Path);
        Assert.Equal("path", Broker.Refused<Refusal.Invalid>(Map(path: "acme/{/issue/evil}").Refusal).Field);
        Assert.Equal("production/db", Map(path: "{/issue/evil}").Value!.Path); // the operator lets the ticket say all of it
        Assert.Equal("logins", Broker.Refused<Refusal.Invalid>(Map(logins: "web {/issue/logins}").Refusal).Field);
        Assert.Equal("deploy,root", Map(logins: "{/issue/logins}").Value!.Logins);
    }

    [Fact]
    public void A_table_says_what_comes_out_and_a_default_stands_for_the_rest()
    {
        FrozenDictionary<string, string> values = new Dictionary<string, string> { ["production/db"] = "acme/production/db" }.ToFrozenDictionary();
        Assert.Equal("acme/production/db", Map(rule: new TicketRule(Template("{/issue/evil}"), values)).Value!.Path);
        Assert.Null(Map(rule: new TicketRule(Template("{/issue/stage}"), values)).Value!.Path);
        Assert.Equal("acme", Map(rule: new TicketRule(Template("{/issue/stage}"), values, "acme")).Value!.Path);
        Assert.Equal("acme", Map(rule: new TicketRule(Template("{/issue/missing}"), null, "acme")).Value!.Path);
    }

    [Theory]
    [InlineData("90m", 90)]
    [InlineData("4 hours", 240)]
    [InlineData("2d", 2880)]
    [InlineData("PT4H", 240)]
    [InlineData("4", null)]
    [InlineData("-4h", null)]
    [InlineData("h", null)]
    [InlineData("99999999999h", null)]
    [InlineData("P9999999D", null)]
    [InlineData("-PT4H", null)]
    public void Reads_a_duration_as_people_write_it(string text, int? minutes)
    {
        Assert.Equal(minutes is not null, TicketDuration.TryParse(text, out TimeSpan duration));
        if (minutes is { } count) Assert.Equal(TimeSpan.FromMinutes(count), duration);
    }

    private static JsonElement MessageRoot => JsonDocument.Parse(Message).RootElement;

    private static TicketTemplate Template(string text) =>
        TicketTemplate.TryParse(text, out TicketTemplate? template) ? template : throw new InvalidOperationException(text);

    private static Result<TicketFields> Map(string path = "acme", string logins = "deploy", TicketRule? rule = null)
    {
        var fixedRule = new TicketRule(Template("x"));
        return new TicketMapping(fixedRule, fixedRule, fixedRule, rule ?? new TicketRule(Template(path)), fixedRule, fixedRule)
        {
            Logins = new TicketRule(Template(logins)),
        }.Map(MessageRoot);
    }
}
