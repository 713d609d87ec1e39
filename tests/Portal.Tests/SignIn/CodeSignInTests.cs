using System.Net;
using System.Web;
using Microsoft.Playwright;
using SshFunctions.Api;
using SshFunctions.Portal.Tests.Browser;
using SshFunctions.Support.Broker;

namespace SshFunctions.Portal.Tests.SignIn;

public sealed class CodeSignInTests(SignInSite site) : IClassFixture<SignInSite>
{
    [Fact(Timeout = 90_000)]
    public async Task Signs_a_person_in_with_the_provider_and_comes_back_to_the_wanted_page()
    {
        await using PortalSession alice = await site.OpenAsync();
        await alice.GoAsync("keys");
        string? code = null;
        alice.Page.Request += (_, request) => code = HttpUtility.ParseQueryString(new Uri(request.Url).Query)["code"] ?? code;
        await alice.Button("Sign in with Example").ClickAsync();
        await EnterAsync(alice.Page, "alice");

        await alice.Page.GetByRole(AriaRole.Heading, new() { Name = "Keys", Exact = true }).WaitForAsync();

        await alice.Text("by Example").WaitForAsync();
        Assert.NotNull(code);
        Assert.DoesNotContain(code, site.Broker.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("code=", alice.Page.Url, StringComparison.Ordinal);
        Assert.Equal("alice", (await site.Broker.Admin.JournalAsync("portal.signed-in"))[0].Subject);
        await alice.NoteFaultsAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task Refuses_an_answer_that_belongs_to_no_sign_in_begun_here()
    {
        await using PortalSession mallory = await site.OpenAsync();

        await mallory.Page.GotoAsync($"{site.Portal}?code=stolen&state=forged");

        await mallory.Text("belongs to no sign-in").WaitForAsync();
        Assert.DoesNotContain("code=", mallory.Page.Url, StringComparison.Ordinal);
        await mallory.NoteFaultsAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task Begins_at_the_providers_own_endpoint_and_ends_at_the_brokers_own_portal()
    {
        using BrokerApi nobody = new(site.Broker.Url, null);

        CodeSignInStart start = await nobody.GetAsync<CodeSignInStart>($"{Routes.CodeSignIn}?issuer=Example");

        Assert.StartsWith(site.Provider.Issuer, start.AuthorizationEndpoint, StringComparison.Ordinal);
        Assert.Equal(site.Portal.AbsoluteUri, start.RedirectUri);
        Assert.DoesNotContain("offline_access", start.Scopes);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("https://evil.example.com/", HttpStatusCode.BadRequest)]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    public async Task Redeems_no_code_of_another_address_and_none_that_the_provider_did_not_give(string? redirectUri, HttpStatusCode expected)
    {
        using BrokerApi nobody = new(site.Broker.Url, null);
        string random = new('a', 43);

        HttpRequestException refused = await Assert.ThrowsAsync<HttpRequestException>(() => nobody.PostAsync<CodeSignInRequest, CodeSignInResponse>(
            Routes.CodeSignIn, new CodeSignInRequest("Example", "invented", random, random, redirectUri ?? site.Portal.AbsoluteUri)));

        Assert.Equal(expected, refused.StatusCode);
    }

    [Fact(Timeout = 60_000)]
    public async Task Counts_every_code_so_that_nobody_has_the_provider_asked_without_end()
    {
        await using PortalSession nobody = await site.OpenAsync();
        string body = $$"""{"issuer":"Nobody","code":"x","codeVerifier":"{{new string('a', 43)}}","nonce":"{{new string('a', 43)}}","redirectUri":"x"}""";
        var statuses = new List<int>();

        for (int i = 0; i < 40; i++)
        {
            using HttpResponseMessage answer = await site.Broker.Anonymous.SendAsync(HttpMethod.Post, Routes.CodeSignIn, body);
            statuses.Add((int)answer.StatusCode);
        }

        Assert.Contains(429, statuses);
    }

    [Fact(Timeout = 60_000)]
    public async Task Takes_no_answer_of_another_state_and_then_not_the_right_one_either()
    {
        await using PortalSession alice = await site.OpenAsync();
        const string Attempt = """{"issuer":"Example","state":"right","nonce":"n","verifier":"v","redirectUri":"x","back":"#/keys"}""";

        await alice.Page.EvaluateAsync("attempt => sessionStorage.setItem('sshfn.sign-in', attempt)", Attempt);
        await alice.Page.GotoAsync($"{site.Portal}?code=mallorys&state=wrong");
        await alice.Text("belongs to no sign-in").WaitForAsync();
        await alice.Page.GotoAsync($"{site.Portal}?code=mallorys&state=right");

        await alice.Text("belongs to no sign-in").WaitForAsync();
        Assert.Equal(0, await alice.Page.EvaluateAsync<int>("() => sessionStorage.length"));
        await alice.NoteFaultsAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task Says_why_the_provider_did_not_sign_somebody_in_as_text()
    {
        await using PortalSession alice = await site.OpenAsync();
        await alice.Page.EvaluateAsync("() => sessionStorage.setItem('sshfn.sign-in', JSON.stringify({ issuer: 'Example', state: 's', back: '' }))");

        await alice.Page.GotoAsync($"{site.Portal}?error=access_denied&error_description={Uri.EscapeDataString(PortalSite.Injected)}&state=s");

        await alice.Text($"The sign-in was not completed: {PortalSite.Injected}").WaitForAsync();
        await alice.NoteFaultsAsync();
    }

    [Theory(Timeout = 60_000)]
    [InlineData("light")]
    [InlineData("dark")]
    [InlineData("phone")]
    public async Task Offers_the_provider_on_a_page_without_faults(string view)
    {
        PortalView screen = PortalView.Named(view);
        await using PortalSession nobody = await site.OpenAsync(screen);

        await nobody.Button("Sign in with Example").WaitForAsync();

        await nobody.NotePageAsync("sign-in-provider", screen);
    }

    private static async Task EnterAsync(IPage page, string user)
    {
        await page.Locator("input[name=login]").FillAsync(user);
        await page.Locator("input[name=password]").FillAsync("any");
        await page.Locator("button[type=submit]").ClickAsync();
        await page.Locator("button[type=submit]", new() { HasText = "Continue" }).ClickAsync();
    }
}
