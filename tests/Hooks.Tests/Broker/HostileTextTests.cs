using System.Text;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Git;

namespace SshFunctions.Hooks.Tests.Broker;

/// <summary>Addresses and refusals that once ended in an exception, or in an error without a word.</summary>
public sealed class HostileTextTests
{
    private static readonly Uri Broker = new("https://broker.example.com");

    [Theory]
    [InlineData("//\u202e")]
    [InlineData("https://bro\u202eker.example.com")]
    [InlineData("https://broker\u200b.example.com")]
    [InlineData("https://broker.example.com\u0000")]
    public void An_address_with_a_sign_that_nobody_sees_is_none(string text) =>
        Assert.Throws<CommandFailedException>(() => BrokerAddress.Parse(text));

    [Fact]
    public void An_address_of_another_alphabet_is_one() => Assert.Equal("xn--brker-kua.example", BrokerAddress.Parse("https://br\u00f6ker.example").IdnHost);

    [Fact]
    public void A_host_of_git_s_that_turns_the_text_around_it_gets_no_password() =>
        Assert.Null(CredentialRequest.Parse("protocol=https\nhost=git.\u202e.com\ufffd43\nusername=alice\npath=a\n\n"));

    [Theory]
    [InlineData("""{"type":"/problems/denied","title":"Denied","status":403,"detail":"","correlationId":"ab"}""", 403, "Denied")]
    [InlineData("""{"type":"/problems/denied","title":"","status":403,"detail":"\u0000\u200b","field":"login","correlationId":"ab"}""", 403, "the broker answered 403 without saying why")]
    [InlineData("{}", 403, "the broker answered 403 without saying why")]
    [InlineData("""{"type":null,"title":null,"detail":null}""", 500, "the broker answered 500 without saying why")]
    [InlineData("""{"type":"/problems/denied","title":"Denied","status":403,"detail":"No grant.","field":"","fix":"","correlationId":"ab"}""", 403, "No grant.")]
    public void A_refusal_without_words_is_told_in_ours(string body, int status, string expected)
    {
        CommandFailedException told = BrokerProblem.Refusal(Broker, status, Encoding.UTF8.GetBytes(body));
        Assert.Equal(expected, told.Message);
        Assert.NotEqual("", told.Hint);
    }
}
