using Microsoft.Playwright;
using SshFunctions.Api;
using SshFunctions.Portal.Tests.Browser;

namespace SshFunctions.Portal.Tests.Pages;

public sealed class KeysTests(PortalSite site) : IClassFixture<PortalSite>
{
    [Fact(Timeout = 60_000)]
    public async Task Registers_a_key_shows_it_and_removes_it()
    {
        await using PortalSession alice = await site.SignInAsync("alice");
        await alice.GoAsync("keys");

        await alice.Page.GetByLabel("Name").FillAsync("laptop");
        await alice.Page.GetByLabel("Public key").FillAsync(PortalKeys.New());
        await alice.Button("Register key").ClickAsync();
        await alice.Text("laptop is registered").WaitForAsync();
        await alice.Button("Remove laptop").ClickAsync();
        await alice.Button("Remove").ClickAsync();

        await alice.Text("laptop is removed.").WaitForAsync();
        await alice.Button("Remove laptop").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await alice.NoteFaultsAsync();
    }

    [Theory(Timeout = 60_000)]
    [InlineData("-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA\n-----END OPENSSH PRIVATE KEY-----")]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----")]
    [InlineData("-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIIE\n-----END ENCRYPTED PRIVATE KEY-----")]
    [InlineData("PuTTY-User-Key-File-3: ssh-ed25519\nPrivate-Lines: 1\nAAAA")]
    public async Task Catches_a_private_key_before_it_is_sent(string secret)
    {
        await using PortalSession alice = await site.SignInAsync("alice");
        await alice.GoAsync("keys");
        var sent = new List<string>();
        alice.Page.Request += (_, request) => sent.Add(request.Method);

        await alice.Page.GetByLabel("Name").FillAsync("oops");
        await alice.Page.GetByLabel("Public key").FillAsync(secret);
        await alice.Text("That is a private key. It was not sent.").WaitForAsync();

        Assert.Equal("", await alice.Page.GetByLabel("Public key").InputValueAsync());
        await alice.Button("Register key").ClickAsync();
        Assert.DoesNotContain("POST", sent);
        Assert.Empty(await site.Broker.Admin.JournalAsync("private-key.received"));
        await alice.NoteFaultsAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task Takes_a_dropped_file_and_its_name()
    {
        await using PortalSession alice = await site.SignInAsync("alice");
        await alice.GoAsync("keys");
        string key = PortalKeys.New();

        IJSHandle files = await alice.Page.EvaluateHandleAsync(
            "text => { const data = new DataTransfer(); data.items.add(new File([text], 'desk.pub')); return data; }", key);
        await alice.Page.Locator(".drop").DispatchEventAsync("drop", new { dataTransfer = files });

        await alice.UntilAsync("() => document.querySelector('input[name=name]').value === 'desk'");
        Assert.Equal(key, await alice.Page.GetByLabel("Public key").InputValueAsync());
        await alice.NoteFaultsAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task The_broker_refuses_a_private_key_that_comes_past_the_page()
    {
        using var alice = await site.Broker.AsPersonAsync("alice");

        using HttpResponseMessage refused = await alice.SendAsync(
            HttpMethod.Post, Routes.Keys, """{"name":"oops","publicKey":"-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA\n-----END OPENSSH PRIVATE KEY-----"}""");

        Assert.False(refused.IsSuccessStatusCode);
        Assert.Contains("private key", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("b3BlbnNzaC1rZXktdjE", site.Broker.Log, StringComparison.Ordinal);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("laptop", "ssh-ed25519 nonsense", "")]
    [InlineData("laptop", "not a key at all", "")]
    [InlineData("laptop", null, "2001-01-01")]
    [InlineData("   ", null, "")]
    public async Task Says_what_is_wrong_with_a_key_and_keeps_what_was_typed(string name, string? key, string ends)
    {
        await using PortalSession alice = await site.SignInAsync("alice");
        await alice.GoAsync("keys");

        await alice.Page.GetByLabel("Name").FillAsync(name);
        await alice.Page.GetByLabel("Public key").FillAsync(key ?? PortalKeys.New());
        if (ends.Length > 0) await alice.Page.GetByLabel("Ends").FillAsync(ends);
        await alice.Button("Register key").ClickAsync();

        await alice.Page.GetByRole(AriaRole.Alert).GetByText("To fix it").WaitForAsync();
        Assert.Equal(name, await alice.Page.GetByLabel("Name").InputValueAsync());
        await alice.NoteFaultsAsync();
    }
}
