using Microsoft.Playwright;
using SshFunctions.Api;
using SshFunctions.Portal.Tests.Browser;

namespace SshFunctions.Portal.Tests.Pages;

public sealed class RotationTests(PortalSite site) : IClassFixture<PortalSite>
{
    [Fact(Timeout = 60_000)]
    public async Task Shows_how_far_a_rotation_is_what_it_waits_for_and_which_hosts_hold_it_up()
    {
        await using PortalSession ops = await site.SignInAsync("ops");
        await ops.GoAsync("hosts");
        ILocator card = ops.Page.GetByRole(AriaRole.Region, new() { Name = "User CA key" });
        await card.GetByText("No rotation is under way.").WaitForAsync();

        KeyRotationResponse begun = await site.Broker.Admin.PostAsync<RotateKeyRequest, KeyRotationResponse>(Routes.KeyRotations, new RotateKeyRequest("user-ca"));
        await ops.Page.ReloadAsync();

        await card.GetByText($"Rotation: {begun.State}").WaitForAsync();
        await card.GetByText("Waiting: ").WaitForAsync();
        await card.GetByText("Begun by bootstrap").WaitForAsync();
        foreach (SigningKeyResponse key in begun.Keys) await card.GetByText(key.Fingerprint).WaitForAsync();
        await card.GetByRole(AriaRole.Heading, new() { Name = $"Hosts that lag behind: {begun.LaggardCount}" }).WaitForAsync();
        await card.GetByRole(AriaRole.Row).GetByText("acme/production/web").WaitForAsync();
        await ops.Page.GetByRole(AriaRole.Region, new() { Name = "Host CA key" }).GetByText("No rotation is under way.").WaitForAsync();
        await ops.NoteFaultsAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task Shows_the_keys_in_force_alone_to_whom_rotations_are_no_business()
    {
        await site.Broker.Admin.PutAsync<GrantRequest, GrantResponse>($"{Routes.Grants}/eve", new GrantRequest("/", "auditor", Subject: "eve"));
        TrustBundleResponse bundle = await site.Broker.Admin.GetAsync<TrustBundleResponse>(Routes.TrustBundle);
        await using PortalSession eve = await site.SignInAsync("eve");

        await eve.GoAsync("hosts");

        ILocator card = eve.Page.GetByRole(AriaRole.Region, new() { Name = "CA keys" });
        await card.GetByText(bundle.HostCaKeys[0].Fingerprint).WaitForAsync();
        await eve.UntilAsync("() => !document.querySelector('.loading')");
        Assert.Equal(0, await eve.Page.GetByRole(AriaRole.Region, new() { Name = "User CA key" }).CountAsync());
        await eve.NoteFaultsAsync();
    }
}
