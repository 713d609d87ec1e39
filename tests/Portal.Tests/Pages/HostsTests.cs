using Microsoft.Playwright;
using SshFunctions.Api;
using SshFunctions.Portal.Tests.Browser;

namespace SshFunctions.Portal.Tests.Pages;

public sealed class HostsTests(PortalSite site) : IClassFixture<PortalSite>
{
    [Fact(Timeout = 60_000)]
    public async Task Shows_versions_alarms_and_who_is_behind()
    {
        await site.Broker.Admin.PostAsync<RevokeAccessRequest, RevokedResponse>(Routes.Revocations, new RevokeAccessRequest("left", Subject: "mallory"));
        await using PortalSession ops = await site.SignInAsync("ops");

        await ops.GoAsync("hosts");

        await ops.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "acme/production/web" }).GetByText("1 behind").WaitForAsync();
        await ops.Page.GetByRole(AriaRole.Region, new() { Name = "Alarms" }).GetByText(PortalSite.Injected).WaitForAsync();
        await ops.Text("active").WaitForAsync();
        await ops.NoteFaultsAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task Says_which_role_is_missing()
    {
        await using PortalSession bob = await site.SignInAsync("bob");

        await bob.GoAsync("hosts");

        await bob.Page.GetByRole(AriaRole.Alert).GetByText("this needs auditor").First.WaitForAsync();
        await bob.NoteFaultsAsync();
    }
}
