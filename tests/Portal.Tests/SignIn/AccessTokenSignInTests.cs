using Microsoft.Playwright;
using SshFunctions.Portal.Tests.Browser;

namespace SshFunctions.Portal.Tests.SignIn;

public sealed class AccessTokenSignInTests(PortalSite site) : IClassFixture<PortalSite>
{
    [Fact(Timeout = 60_000)]
    public async Task Takes_a_token_keeps_it_over_a_reload_and_forgets_it_at_the_end()
    {
        await using PortalSession alice = await site.SignInAsync("alice");

        await alice.Page.ReloadAsync();
        await alice.Text("alice").WaitForAsync();
        await alice.Button("Sign out").ClickAsync();

        await alice.Page.GetByLabel("Access token").WaitForAsync();
        await alice.Text("You signed out.").WaitForAsync();
        Assert.Equal(0, await alice.Page.EvaluateAsync<int>("() => sessionStorage.length"));
        await alice.NoteFaultsAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task Says_what_is_wrong_with_a_token_and_clears_the_field()
    {
        await using PortalSession nobody = await site.OpenAsync();

        await nobody.Page.GetByLabel("Access token").FillAsync("abcdefghijklmnop.wrong");
        await nobody.Button("Sign in with the token").ClickAsync();

        await nobody.Page.GetByRole(AriaRole.Alert).WaitForAsync();
        Assert.Equal("", await nobody.Page.GetByLabel("Access token").InputValueAsync());
        await nobody.NoteFaultsAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task Ends_the_session_when_the_broker_takes_the_token_no_more()
    {
        await using PortalSession alice = await site.OpenAsync();
        string token = await site.Broker.Admin.CreateTokenAsync("alice");
        await alice.SignInAsync(token);

        using HttpResponseMessage removed = await site.Broker.Admin.SendAsync(HttpMethod.Delete, $"/api/tokens/{token.Split('.')[0]}");
        await alice.GoAsync("keys");

        await alice.Text("Your session has ended").WaitForAsync();
        await alice.NoteFaultsAsync();
    }

    [Theory(Timeout = 60_000)]
    [InlineData("alice", "Look into failing orders")]
    [InlineData("bob", "")]
    public async Task Gives_back_what_was_typed_when_the_token_ended_to_who_typed_it(string next, string expected)
    {
        await using PortalSession alice = await site.OpenAsync();
        string token = await site.Broker.Admin.CreateTokenAsync("alice");
        await alice.SignInAsync(token);
        await alice.GoAsync("requests/new?path=acme/production/web");
        await alice.Page.GetByLabel("Reason").FillAsync("Look into failing orders");
        await alice.Page.GetByLabel("For how long").SelectOptionAsync("7200");

        using HttpResponseMessage removed = await site.Broker.Admin.SendAsync(HttpMethod.Delete, $"/api/tokens/{token.Split('.')[0]}");
        await alice.Button("Ask for access").ClickAsync();
        await alice.Text("What you typed is kept in this tab").WaitForAsync();
        Assert.DoesNotContain("failing", await alice.Page.EvaluateAsync<string>("() => JSON.stringify({ ...sessionStorage, ...localStorage }) + document.documentElement.outerHTML"), StringComparison.Ordinal);
        await alice.SignInAsync(await site.Broker.Admin.CreateTokenAsync(next));

        Assert.Equal(expected, await alice.Page.GetByLabel("Reason").InputValueAsync());
        Assert.Equal(expected.Length > 0 ? "7200" : "3600", await alice.Page.GetByLabel("For how long").InputValueAsync());
        Assert.Equal("acme/production/web", await alice.Page.GetByRole(AriaRole.Combobox, new() { Name = "Where" }).InputValueAsync());
        await alice.NoteFaultsAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task Warns_before_it_signs_out_who_is_away_and_does_then()
    {
        await using PortalSession alice = await site.OpenAsync();
        await alice.Page.Clock.InstallAsync();
        await alice.Page.ReloadAsync();
        await alice.SignInAsync(await site.Broker.Admin.CreateTokenAsync("alice"));

        await alice.Page.Clock.RunForAsync("14:10");
        await alice.Button("Stay signed in").ClickAsync();
        await alice.Page.Clock.RunForAsync("14:10");
        await alice.Text("You will be signed out in").WaitForAsync();
        await alice.Page.Clock.RunForAsync("01:00");

        await alice.Text("nothing happened for 15 minutes").WaitForAsync();
        await alice.NoteFaultsAsync();
    }

    [Theory(Timeout = 60_000)]
    [InlineData("two words")]
    [InlineData("tök€n.…")]
    public async Task Says_that_a_text_is_no_token_in_place_of_that_the_broker_is_away(string text)
    {
        await using PortalSession nobody = await site.OpenAsync();

        await nobody.Page.GetByLabel("Access token").FillAsync(text);
        await nobody.Button("Sign in with the token").ClickAsync();

        await nobody.Page.GetByRole(AriaRole.Alert).GetByText("That is no access token").WaitForAsync();
        await nobody.NoteFaultsAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task Says_that_the_broker_is_away()
    {
        await using PortalSession nobody = await site.OpenAsync();
        await nobody.Context.SetOfflineAsync(true);

        await nobody.Page.GetByLabel("Access token").FillAsync("abcdefghijklmnop.secret");
        await nobody.Button("Sign in with the token").ClickAsync();

        await nobody.Page.GetByRole(AriaRole.Alert).GetByText("The broker does not answer").WaitForAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task Keeps_the_token_in_its_tab_and_tells_it_to_nobody_but_the_broker()
    {
        await using PortalSession alice = await site.OpenAsync();
        var told = new List<string>();
        alice.Page.Request += (_, request) => told.Add($"{request.Url} {request.Headers.GetValueOrDefault("referer")} {request.Headers.GetValueOrDefault("cookie")}");
        string token = await site.Broker.Admin.CreateTokenAsync("alice"), secret = token.Split('.')[1];
        await alice.SignInAsync(token);
        foreach (string page in (string[])["keys", "requests", "passcode", "journal", "hosts", "about", "resources/acme/production/web"])
        {
            await alice.GoAsync(page);
            await alice.UntilAsync("() => document.querySelector('main h1') && !document.querySelector('.loading')");
        }

        Assert.All(told, one => Assert.EndsWith("  ", one, StringComparison.Ordinal));
        Assert.DoesNotContain(told, one => one.Contains(secret, StringComparison.Ordinal));
        Assert.DoesNotContain(secret, await alice.Page.EvaluateAsync<string>("() => document.cookie + JSON.stringify(localStorage) + location.href + document.documentElement.outerHTML"), StringComparison.Ordinal);
        Assert.DoesNotContain(secret, site.Broker.Log, StringComparison.Ordinal);
        IPage other = await alice.Context.NewPageAsync();
        await other.GotoAsync(site.Portal.AbsoluteUri);
        await other.GetByLabel("Access token").WaitForAsync();
        await alice.NoteFaultsAsync();
    }

    [Theory(Timeout = 60_000)]
    [InlineData("pointer")]
    [InlineData("key")]
    public async Task Is_over_when_a_machine_wakes_and_somebody_comes_before_its_first_tick(string sign)
    {
        await using PortalSession alice = await site.OpenAsync();
        await alice.Page.Clock.InstallAsync();
        await alice.Page.ReloadAsync();
        await alice.SignInAsync(await site.Broker.Admin.CreateTokenAsync("alice"));

        await alice.Page.Clock.PauseAtAsync(DateTime.UtcNow.AddMinutes(1));
        await alice.Page.Clock.SetSystemTimeAsync(DateTime.UtcNow.AddHours(8));
        await (sign == "key" ? alice.Page.Keyboard.PressAsync("Shift") : alice.Page.Mouse.ClickAsync(5, 5));

        await alice.Text("nothing happened for 15 minutes").WaitForAsync();
        Assert.Equal(0, await alice.Page.EvaluateAsync<int>("() => sessionStorage.length"));
        await alice.NoteFaultsAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task Is_over_when_somebody_stays_signed_in_too_late()
    {
        await using PortalSession alice = await site.OpenAsync();
        await alice.Page.Clock.InstallAsync();
        await alice.Page.ReloadAsync();
        await alice.SignInAsync(await site.Broker.Admin.CreateTokenAsync("alice"));
        await alice.Page.Clock.RunForAsync("14:10");
        await alice.Text("You will be signed out in").WaitForAsync();

        await alice.Page.Clock.PauseAtAsync(DateTime.UtcNow.AddMinutes(14.5));
        await alice.Page.Clock.SetSystemTimeAsync(DateTime.UtcNow.AddHours(8));
        await alice.Page.EvaluateAsync("() => document.querySelector('dialog').close()");

        await alice.Text("nothing happened for 15 minutes").WaitForAsync();
        await alice.NoteFaultsAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task Signs_out_of_the_tabs_that_were_opened_with_a_copy_of_the_session()
    {
        await using PortalSession alice = await site.SignInAsync("alice");
        IPage copy = await alice.Page.RunAndWaitForPopupAsync(() => alice.Page.EvaluateAsync("() => { open(location.href); }"));
        await copy.GetByRole(AriaRole.Navigation, new() { Name = "Pages" }).WaitForAsync();

        await alice.Button("Sign out").ClickAsync();

        await alice.Text("You signed out.").WaitForAsync();
        await copy.GetByText("You signed out in another tab.").WaitForAsync();
        Assert.Equal(0, await copy.EvaluateAsync<int>("() => sessionStorage.length"));
        await alice.NoteFaultsAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task Signs_in_and_out_where_tabs_can_not_tell_each_other()
    {
        await using PortalSession alice = await site.OpenAsync();
        await alice.Page.AddInitScriptAsync("delete globalThis.BroadcastChannel");
        await alice.Page.ReloadAsync();
        await alice.SignInAsync(await site.Broker.Admin.CreateTokenAsync("alice"));

        await alice.Button("Sign out").ClickAsync();

        await alice.Text("You signed out.").WaitForAsync();
        await alice.NoteFaultsAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task Is_over_when_a_browser_brings_back_the_tab_of_yesterday()
    {
        await using PortalSession alice = await site.OpenAsync();
        await alice.SignInAsync(await site.Broker.Admin.CreateTokenAsync("alice"));
        string kept = await alice.Page.EvaluateAsync<string>("() => JSON.stringify({ ...sessionStorage })");
        await using PortalSession later = await site.OpenAsync();

        await later.Page.EvaluateAsync("kept => Object.entries(JSON.parse(kept)).forEach(([name, value]) => sessionStorage.setItem(name, value))", kept);
        await later.Page.EvaluateAsync("() => sessionStorage.setItem('sshfn.seen', String(Date.now() - 86_400_000))");
        await later.Page.ReloadAsync();

        await later.Text("nothing happened for 15 minutes").WaitForAsync();
        Assert.Equal(0, await later.Page.EvaluateAsync<int>("() => sessionStorage.length"));
        await later.NoteFaultsAsync();
    }
}
