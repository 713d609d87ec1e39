using System.Text;
using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.Core;

namespace SshFunctions.App.Tests.Hosting;

public sealed class StrictJsonTests
{
    private const string Good = """{"publicKey":"ssh-ed25519 AAAA","destination":{"host":"h","port":22,"login":"git"},"lifetimeSeconds":60}""";

    [Fact]
    public void Reads_what_is_exactly_the_contract()
    {
        Result<IssueUserCertificateRequest> result = Read<IssueUserCertificateRequest>(Good);

        Assert.Equal(new IssueUserCertificateRequest("ssh-ed25519 AAAA", new Destination("h", 22, "git"), LifetimeSeconds: 60), result.Value);
    }

    [Fact]
    public void Takes_null_for_a_member_that_may_be_absent() =>
        Assert.True(Read<IssueUserCertificateRequest>("""{"publicKey":"k","destination":null,"lifetimeSeconds":null}""").Succeeded);

    [Fact]
    public void Reads_the_largest_serial_that_a_certificate_can_have() =>
        Assert.Equal(ulong.MaxValue, Read<RevokeAccessRequest>("""{"reason":"r","serial":18446744073709551615}""").Value!.Serial);

    [Fact]
    public void Refuses_a_negative_serial_by_its_name() =>
        Assert.Equal("serial", Refused<RevokeAccessRequest>("""{"reason":"r","serial":-1}"""u8.ToArray()).Field);

    [Theory]
    [InlineData("unknown member", """{"publicKey":"k","colour":"red"}""", "colour", "colour is not a member here.")]
    [InlineData("unknown member, nested", """{"publicKey":"k","destination":{"host":"h","port":1,"login":"l","x":1}}""", "destination.x", "destination.x is not a member here.")]
    [InlineData("member in another case", """{"PublicKey":"k"}""", "PublicKey", "PublicKey is not a member here.")]
    [InlineData("duplicate member", """{"publicKey":"k","publicKey":"l"}""", "publicKey", "publicKey is given more than once.")]
    [InlineData("duplicate member, escaped", """{"publicKey":"k","public\u004bey":"l"}""", "publicKey", "publicKey is given more than once.")]
    [InlineData("missing member", "{}", "publicKey", "publicKey is missing.")]
    [InlineData("missing member, nested", """{"publicKey":"k","destination":{"host":"h","login":"l"}}""", "destination.port", "destination.port is missing.")]
    [InlineData("null member", """{"publicKey":null}""", "publicKey", "publicKey is null.")]
    [InlineData("null member, nested", """{"publicKey":"k","destination":{"host":null,"port":1,"login":"l"}}""", "destination.host", "destination.host is null.")]
    [InlineData("number for a string", """{"publicKey":1}""", "publicKey", "publicKey is not a string of Unicode text.")]
    [InlineData("string for a number", """{"publicKey":"k","lifetimeSeconds":"60"}""", "lifetimeSeconds", "lifetimeSeconds is not a whole number from -2147483648 to 2147483647.")]
    [InlineData("number too large", """{"publicKey":"k","lifetimeSeconds":2147483648}""", "lifetimeSeconds", "lifetimeSeconds is not a whole number from -2147483648 to 2147483647.")]
    [InlineData("number with a fraction", """{"publicKey":"k","lifetimeSeconds":1.5}""", "lifetimeSeconds", "lifetimeSeconds is not a whole number from -2147483648 to 2147483647.")]
    [InlineData("array for an object", """{"publicKey":"k","destination":[]}""", "destination", "destination is not a JSON object.")]
    [InlineData("deep nesting", """{"publicKey":[[[[[[[[[[[[1]]]]]]]]]]]]}""", "publicKey", "publicKey is not a string of Unicode text.")]
    [InlineData("lone surrogate", """{"publicKey":"\ud800"}""", "publicKey", "publicKey is not a string of Unicode text.")]
    [InlineData("lone surrogate in a name", """{"\ud800":1}""", null, "The body has a member whose name is not Unicode text.")]
    [InlineData("control character in a name", """{"a\u0007b":1}""", "a?b", "a?b is not a member here.")]
    [InlineData("array for the body", "[]", null, "The body is not a JSON object.")]
    [InlineData("null for the body", "null", null, "The body is null.")]
    [InlineData("empty", "", null, "The body is empty.")]
    [InlineData("blanks only", " \n", null, "The body ends before its JSON does.")]
    [InlineData("truncated in a string", """{"publicKey":"k""", "publicKey", "The body ends before its JSON does.")]
    [InlineData("truncated after a member", """{"publicKey":"k" """, "publicKey", "The body ends before its JSON does.")]
    [InlineData("comment", """{/* c */"publicKey":"k"}""", null, "The body is not JSON at line 1, byte 2.")]
    [InlineData("trailing comma", """{"publicKey":"k",}""", "publicKey", "The body is not JSON at line 1, byte 18.")]
    [InlineData("something after the end", """{"publicKey":"k"} {}""", null, "The body is not JSON at line 1, byte 19.")]
    [InlineData("not JSON at all", "publicKey=k", null, "The body is not JSON at line 1, byte 1.")]
    public void Refuses_and_names_the_member(string defect, string body, string? field, string detail)
    {
        Assert.NotEmpty(defect);

        Refusal.Invalid refusal = Refused<IssueUserCertificateRequest>(Encoding.UTF8.GetBytes(body));

        Assert.Equal((field, detail), (refusal.Field, refusal.Detail));
    }

    [Theory]
    [InlineData("null element", """{"hosts":[null],"logins":["l"]}""", "hosts[0]", "hosts[0] is null.")]
    [InlineData("wrong element", """{"hosts":[],"logins":["l",2]}""", "logins[1]", "logins[1] is not a string of Unicode text.")]
    [InlineData("missing in an element", """{"hosts":[{"port":22}],"logins":[]}""", "hosts[0].name", "hosts[0].name is missing.")]
    [InlineData("object for a list", """{"hosts":{},"logins":[]}""", "hosts", "hosts is not a JSON array.")]
    public void Refuses_and_names_the_element(string defect, string body, string field, string detail)
    {
        Assert.NotEmpty(defect);

        Refusal.Invalid refusal = Refused<ResourceRequest>(Encoding.UTF8.GetBytes(body));

        Assert.Equal((field, detail), (refusal.Field, refusal.Detail));
    }

    [Theory]
    [InlineData("2030-01-31T12:00:00")]
    [InlineData("2030-13-31T12:00:00Z")]
    [InlineData("tomorrow")]
    public void Refuses_a_time_without_offset_or_sense(string time)
    {
        Refusal.Invalid refusal = Refused<RegisterKeyRequest>(Encoding.UTF8.GetBytes($$"""{"name":"n","publicKey":"k","expires":"{{time}}"}"""));

        Assert.Equal("expires", refusal.Field);
    }

    [Theory]
    [InlineData("2030-01-31T12:00:00Z")]
    [InlineData("2030-01-31T12:00:00.5+02:00")]
    public void Takes_a_time_with_offset(string time) =>
        Assert.True(Read<RegisterKeyRequest>($$"""{"name":"n","publicKey":"k","expires":"{{time}}"}""").Succeeded);

    [Fact]
    public void Refuses_bytes_that_are_not_UTF8() =>
        Assert.Equal("The body is not valid UTF-8.", Refused<IssueUserCertificateRequest>([.. "{\"publicKey\":\""u8, 0xC3, 0x28, .. "\"}"u8]).Detail);

    [Fact]
    public void Refuses_every_proper_prefix_of_a_good_body_and_never_names_a_type()
    {
        byte[] whole = Encoding.UTF8.GetBytes(Good);
        for (int length = 0; length < whole.Length; length++)
        {
            Refusal.Invalid refusal = Refused<IssueUserCertificateRequest>(whole[..length]);
            Assert.Contains(refusal.Detail, new[] { "The body is empty.", "The body ends before its JSON does." });
        }
    }

    [Fact]
    public void Shows_a_long_unknown_name_in_part() =>
        Assert.Equal(64, Refused<IssueUserCertificateRequest>(Encoding.UTF8.GetBytes($$"""{"{{new string('a', 9000)}}":1}""")).Field?.Length);

    private static Result<T> Read<T>(string body)
        where T : class => StrictJson.Read<T>(Encoding.UTF8.GetBytes(body));

    private static Refusal.Invalid Refused<T>(byte[] body)
        where T : class => Assert.IsType<Refusal.Invalid>(StrictJson.Read<T>(body).Refusal);
}
