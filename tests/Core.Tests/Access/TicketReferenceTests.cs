using SshFunctions.Core.Access;

namespace SshFunctions.Core.Tests.Access;

public sealed class TicketReferenceTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("https://tickets.example.com/OPS-7")]
    [InlineData("HTTPS://tickets.example.com:8443/browse?id=7#@here")]
    [InlineData("https://tickets.example.com/people/@alice")]
    [InlineData("http://tickets.example.com")]
    public void Takes_an_address_that_leads_where_it_looks_like(string? url) => Assert.Null(new TicketReference("manual", "OPS-7", url).FindFault());

    [Theory]
    [InlineData("a blank before", " https://tickets.example.com/")]
    [InlineData("a blank behind", "https://tickets.example.com/ ")]
    [InlineData("a blank that does not break", "\u00a0https://tickets.example.com/")]
    [InlineData("backslashes for slashes", "https:\\\\evil.example")]
    [InlineData("a backslash that ends the host", "https://evil.example\\.acme.example/")]
    [InlineData("a user", "https://acme.service-now.com@evil.example/")]
    [InlineData("a user and a password", "https://acme.service-now.com:443@evil.example/")]
    [InlineData("an empty user", "https://@evil.example/")]
    [InlineData("no slashes", "https:evil.example")]
    [InlineData("no host", "https:///evil.example")]
    [InlineData("another scheme", "javascript:alert(1)")]
    [InlineData("an address of this machine", "/tickets/7")]
    [InlineData("nothing", "")]
    [InlineData("an override", "https://evil.example/\u202emoc.emca")]
    public void Refuses_an_address_that_leads_elsewhere_than_it_looks_like(string what, string url) =>
        Assert.Equal((what, "ticketUrl"), (what, new TicketReference("manual", "OPS-7", url).FindFault()?.Field));

    [Theory]
    [InlineData(" OPS-7")]
    [InlineData("OPS-7 ")]
    [InlineData("OPS\u200b-7")]
    public void Refuses_a_name_that_looks_like_another(string reference) =>
        Assert.Equal("ticketReference", new TicketReference("manual", reference).FindFault()?.Field);
}
