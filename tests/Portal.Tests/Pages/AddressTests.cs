using SshFunctions.Portal.Tests.Browser;

namespace SshFunctions.Portal.Tests.Pages;

public sealed class AddressTests(PortalSite site) : IClassFixture<PortalSite>
{
    [Theory(Timeout = 60_000)]
    [InlineData("nowhere")]
    [InlineData("constructor")]
    [InlineData("__proto__/x")]
    [InlineData("hasOwnProperty?x=y")]
    [InlineData("%E0%A4%A")]
    public async Task Says_of_an_address_without_a_page_that_there_is_none(string address)
    {
        await using PortalSession alice = await site.SignInAsync("alice");

        await alice.GoAsync(address);

        await alice.Text("There is no such page").WaitForAsync();
        await alice.GoAsync("keys");
        await alice.Text("Registered keys").WaitForAsync();
        await alice.NoteFaultsAsync();
    }
}
