using SshFunctions.Api;
using SshFunctions.Portal.Tests.Browser;

namespace SshFunctions.Portal.Tests.Pages;

public sealed class AboutTests(PortalSite site) : IClassFixture<PortalSite>
{
    [Fact(Timeout = 60_000)]
    public async Task Shows_version_and_fingerprints_and_compares_a_key_with_them()
    {
        TrustBundleResponse bundle = await site.Broker.Admin.GetAsync<TrustBundleResponse>(Routes.TrustBundle);
        HealthResponse health = await site.Broker.Admin.GetAsync<HealthResponse>(Routes.Health);
        await using PortalSession alice = await site.SignInAsync("alice");

        await alice.GoAsync("about");

        await alice.Text($"sshfn-broker {health.Version}").WaitForAsync();
        await alice.Text(bundle.UserCaKeys[0].Fingerprint).WaitForAsync();
        await alice.Page.GetByLabel("Fingerprint or public key").FillAsync($"cert-authority {bundle.HostCaKeys[0].PublicKey}");
        await alice.Text("This is the Host CA key").WaitForAsync();
        await alice.Page.GetByLabel("Fingerprint or public key").FillAsync(PortalKeys.New());
        await alice.Text("No key of this broker").WaitForAsync();
        await alice.NoteFaultsAsync();
    }

    [Theory(Timeout = 60_000)]
    [InlineData("SHA256:tooshort")]
    [InlineData("ssh-ed25519 not+base64+at+all")]
    [InlineData("<img src=x>")]
    public async Task Says_that_a_text_is_neither_fingerprint_nor_key(string text)
    {
        await using PortalSession alice = await site.SignInAsync("alice");
        await alice.GoAsync("about");

        await alice.Page.GetByLabel("Fingerprint or public key").FillAsync(text);

        await alice.Text("Neither a fingerprint nor a public key").WaitForAsync();
        await alice.NoteFaultsAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task Copies_a_fingerprint()
    {
        TrustBundleResponse bundle = await site.Broker.Admin.GetAsync<TrustBundleResponse>(Routes.TrustBundle);
        await using PortalSession alice = await site.SignInAsync("alice");
        await alice.GoAsync("about");

        await alice.Button("Copy the User CA fingerprint").ClickAsync();

        await alice.Page.GetByText("Copied").WaitForAsync();
        Assert.Equal(bundle.UserCaKeys[0].Fingerprint, await alice.ClipboardAsync());
        await alice.NoteFaultsAsync();
    }
}
