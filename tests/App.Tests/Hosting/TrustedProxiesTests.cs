using System.Net;
using Microsoft.AspNetCore.Http;
using SshFunctions.App.Hosting;
using SshFunctions.Core;
using SshFunctions.Core.Policy;

namespace SshFunctions.App.Tests.Hosting;

public sealed class TrustedProxiesTests
{
    private readonly TrustedProxies _proxies = new(
        [SourceRange.Parse("10.0.0.0/8"), SourceRange.Parse("2001:db8:1::/48"), SourceRange.Parse("127.0.0.1")], TrustedProxies.UsualHeader);

    [Theory]
    [InlineData("an IPv4 address", "192.0.2.7", "192.0.2.7")]
    [InlineData("with a port", "192.0.2.7:4711", "192.0.2.7")]
    [InlineData("an IPv6 address", "2001:db8::7", "2001:db8::7")]
    [InlineData("in brackets", "[2001:db8::7]", "2001:db8::7")]
    [InlineData("in brackets with a port", "[2001:db8::7]:4711", "2001:db8::7")]
    [InlineData("IPv4 in the clothes of IPv6", "::ffff:192.0.2.7", "192.0.2.7")]
    [InlineData("blanks around", " 192.0.2.7\t", "192.0.2.7")]
    [InlineData("proxies after it", "192.0.2.7, 10.1.2.3:80, 2001:db8:1::5", "192.0.2.7")]
    [InlineData("a client that claims to be another", "203.0.113.9, 192.0.2.7", "192.0.2.7")]
    [InlineData("a client that claims nonsense", "${jndi}, , 192.0.2.7, 10.1.2.3", "192.0.2.7")]
    [InlineData("proxies only", "10.9.9.9, 10.1.2.3", "10.9.9.9")]
    public void Takes_the_last_address_that_is_no_proxys(string form, string header, string expected)
    {
        Assert.NotEmpty(form);
        Assert.Equal(IPAddress.Parse(expected), SourceOf("10.0.0.1", header).Value!.Address);
        Assert.Equal(IPAddress.Parse(expected), SourceOf("::ffff:10.0.0.1", header).Value!.Address);
    }

    [Theory]
    [InlineData("")]
    [InlineData("unknown")]
    [InlineData("_hidden")]
    [InlineData("192.0.2.7,")]
    [InlineData("192.0.2.7, 10.0.0.1 10.0.0.2")]
    [InlineData("192.0.2.007")]
    [InlineData("10")]
    [InlineData("192.0.2.7:")]
    [InlineData("192.0.2.7:port")]
    [InlineData("192.0.2.7:99999")]
    [InlineData("192.0.2.7/32")]
    [InlineData("[192.0.2.7]")]
    [InlineData("[2001:db8::7")]
    [InlineData("[2001:db8::7]x")]
    [InlineData("[2001:db8::7]:")]
    [InlineData("[2001:db8::7]:80:80")]
    [InlineData("fe80::7%eth0")]
    [InlineData("[[2001:db8::7]]")]
    public void Refuses_what_is_no_address(string header) =>
        Assert.Contains("no address", Assert.IsType<Refusal.Invalid>(SourceOf("10.0.0.1", header).Refusal).Detail, StringComparison.Ordinal);

    [Fact]
    public void Refuses_two_headers() =>
        Assert.Contains("given 2 times", SourceOf("10.0.0.1", "203.0.113.9", "192.0.2.7").Refusal!.Detail, StringComparison.Ordinal);

    [Fact]
    public void Knows_no_address_where_a_proxy_says_none() => Assert.Null(SourceOf("10.0.0.1").Value!.Address);

    [Theory]
    [InlineData("192.0.2.1", "203.0.113.9")]
    [InlineData("192.0.2.1", "nonsense")]
    [InlineData("2001:db8:2::1", "203.0.113.9")]
    public void Ignores_what_a_stranger_says(string peer, string header) =>
        Assert.Equal(IPAddress.Parse(peer), SourceOf(peer, header, header).Value!.Address);

    [Fact]
    public void Believes_nobody_when_no_proxy_is_named() => Assert.Equal(
        IPAddress.Loopback,
        TrustedProxies.None.SourceOf(IPAddress.Loopback, new HeaderDictionary { [TrustedProxies.UsualHeader] = "203.0.113.9" }).Value!.Address);

    private Result<RequestSource> SourceOf(string peer, params string[] lines)
    {
        var headers = new HeaderDictionary();
        if (lines.Length > 0) headers[TrustedProxies.UsualHeader] = lines;
        return _proxies.SourceOf(IPAddress.Parse(peer), headers);
    }
}
