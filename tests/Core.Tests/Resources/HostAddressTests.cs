using SshFunctions.Core.Resources;

namespace SshFunctions.Core.Tests.Resources;

public sealed class HostAddressTests
{
    [Theory]
    [InlineData("web.example.com", "web.example.com:22")]
    [InlineData("WEB.Example.COM", "web.example.com:22")]
    [InlineData("web.example.com.", "web.example.com:22")]
    [InlineData("web.example.com.:2222", "web.example.com:2222")]
    [InlineData("10.0.0.1", "10.0.0.1:22")]
    [InlineData("10.0.0.1.", "10.0.0.1:22")]
    [InlineData("::1", "[::1]:22")]
    [InlineData("[2001:DB8::1]", "[2001:db8::1]:22")]
    [InlineData("[2001:0db8:0:0::0001]:2222", "[2001:db8::1]:2222")]
    [InlineData("[::ffff:10.0.0.1]", "10.0.0.1:22")]
    [InlineData("[::ffff:a00:1]", "10.0.0.1:22")]
    [InlineData("a_b-c", "a_b-c:22")]
    public void Every_spelling_of_one_host_is_one_address(string text, string canonical)
    {
        HostAddress address = HostAddress.Parse(text);
        Assert.Equal(canonical, address.ToString());
        Assert.Equal(address, HostAddress.Parse(canonical));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("a..b")]
    [InlineData("-a.example.com")]
    [InlineData("a-.example.com")]
    [InlineData("a.example.com..")]
    [InlineData("*.example.com")]
    [InlineData("[::1")]
    [InlineData("[]")]
    [InlineData("[::1]x")]
    [InlineData("[::1]22")]
    [InlineData("[[::1]]")]
    [InlineData("fe80::1%eth0")]
    [InlineData("[fe80::1%25eth0]")]
    [InlineData("web:0")]
    [InlineData("web:65536")]
    [InlineData("web:-1")]
    [InlineData("web:+22")]
    [InlineData("web: 22")]
    [InlineData("web:99999999999")]
    [InlineData("web:22:22")]
    [InlineData("web:")]
    [InlineData("user@web")]
    [InlineData("web/x")]
    [InlineData("::1/64")]
    [InlineData("\u212a8s.example.com")]
    [InlineData("\u30a8\u30f3.example.com")]
    [InlineData("web\u3002example.com")]
    public void Refuses_what_is_no_address(string text) => Assert.False(HostAddress.TryParse(text, null, out _));

    [Theory]
    [InlineData("[::1]")]
    [InlineData("[::1]:99")]
    [InlineData("10.0.0.1:99")]
    [InlineData("web:99")]
    public void A_name_holds_no_port(string name) => Assert.False(HostAddress.TryCreate(name, 22, out _));

    [Fact]
    public void A_name_has_bounds()
    {
        string label = new('a', 63);
        string longest = $"{label}.{label}.{label}.{new string('a', 61)}";
        Assert.True(HostAddress.TryCreate(longest, 22, out _));
        Assert.True(HostAddress.TryCreate(longest + ".", 22, out _));
        Assert.False(HostAddress.TryCreate(longest + "a", 22, out _));
        Assert.False(HostAddress.TryCreate(label + "a", 22, out _));
        Assert.False(HostAddress.TryCreate(null, 22, out _));
    }
}
