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
    public async Task Turns_green_for_no_key_that_only_comes_with_the_right_one()
    {
        CaKey own = (await site.Broker.Admin.GetAsync<TrustBundleResponse>(Routes.TrustBundle)).UserCaKeys[0];
        string evil = PortalKeys.New();
        await using PortalSession alice = await site.SignInAsync("alice");
        await alice.GoAsync("about");

        foreach (string text in (string[])
        [
            $"{evil} {own.Fingerprint}",
            $"{evil} {own.PublicKey}",
            $"{own.PublicKey} {evil}",
            $"{own.PublicKey}\n{evil}",
            $"{own.PublicKey}\n@cert-authority * {evil}",
            $"{own.PublicKey}\necdsa-sha2-nistp256 AAAA",
            $"{own.PublicKey}\nsomething else",
            $"command=\"{own.PublicKey}\" {evil}",
            $"{evil.Insert(60, "\f")} {own.PublicKey}",
            $"# {own.PublicKey}\n{evil}",
            $"SHA256:{new string('A', 43)} {own.Fingerprint}",
            $"256 MD5:00:11:22:33:44:55:66:77:88:99:aa:bb:cc:dd:ee:ff {own.Fingerprint} (ECDSA)",
            $"{own.Fingerprint}A",
        ])
        {
            await CompareAsync(alice, text);
            Assert.Equal((text, 0), (text, await alice.Page.Locator(".notice.good").CountAsync()));
        }

        await alice.NoteFaultsAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task Turns_green_where_every_key_is_the_brokers()
    {
        TrustBundleResponse bundle = await site.Broker.Admin.GetAsync<TrustBundleResponse>(Routes.TrustBundle);
        CaKey user = bundle.UserCaKeys[0], host = bundle.HostCaKeys[0];
        await using PortalSession alice = await site.SignInAsync("alice");
        await alice.GoAsync("about");

        foreach ((string text, string expected) in new[]
        {
            ($"# the user CA\n\n{user.PublicKey} sshfn user CA\n", "This is the User CA key"),
            ($"256 {user.Fingerprint} sshfn user CA (ECDSA)", "This is the User CA key"),
            ($"ECDSA key fingerprint is {host.Fingerprint}.", "This is the Host CA key"),
            ($"{user.PublicKey}\n@cert-authority *.example.com\t{host.PublicKey}", "These are keys of this broker"),
        })
        {
            await CompareAsync(alice, text);
            await alice.Page.Locator(".notice.good").GetByText(expected).WaitForAsync();
        }

        await alice.NoteFaultsAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task Says_that_it_can_not_hash_a_key_in_place_of_that_it_is_none()
    {
        await using PortalSession alice = await site.SignInAsync("alice");
        await alice.Page.AddInitScriptAsync("Object.defineProperty(Crypto.prototype, 'subtle', { get: () => undefined })");
        await alice.Page.ReloadAsync();
        await alice.GoAsync("about");

        await CompareAsync(alice, PortalKeys.New());

        await alice.Text("This browser can’t hash a key here").WaitForAsync();
        await alice.NoteFaultsAsync();
    }

    /// <summary>Pastes a text and waits for the answer to it.</summary>
    private static async Task CompareAsync(PortalSession person, string text)
    {
        await person.Page.GetByLabel("Fingerprint or public key").FillAsync("");
        await person.UntilAsync("() => !document.querySelector('.notice')");
        await person.Page.GetByLabel("Fingerprint or public key").FillAsync(text);
        await person.Page.Locator(".notice").WaitForAsync();
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
