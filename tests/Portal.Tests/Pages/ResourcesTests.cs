using Microsoft.Playwright;
using SshFunctions.Api;
using SshFunctions.Portal.Tests.Browser;

namespace SshFunctions.Portal.Tests.Pages;

public sealed class ResourcesTests(PortalSite site) : IClassFixture<PortalSite>
{
    [Fact(Timeout = 60_000)]
    public async Task Shows_the_tree_and_opens_it_by_the_keyboard()
    {
        await using PortalSession ops = await site.SignInAsync("ops");
        await Row(ops, "acme").WaitForAsync();

        await ops.Page.GetByRole(AriaRole.Tree).FocusAsync();
        foreach (string key in (string[])["Home", "ArrowRight"]) await ops.Page.Keyboard.PressAsync(key);
        await Row(ops, "production").WaitForAsync();
        foreach (string key in (string[])["ArrowDown", "ArrowRight"]) await ops.Page.Keyboard.PressAsync(key);
        await Row(ops, "web").WaitForAsync();
        foreach (string key in (string[])["ArrowDown", "ArrowDown", "Enter"]) await ops.Page.Keyboard.PressAsync(key);

        await ops.Page.GetByRole(AriaRole.Heading, new() { Name = "web", Exact = true }).WaitForAsync();
        Assert.EndsWith("#/resources/acme/production/web", ops.Page.Url, StringComparison.Ordinal);
        Assert.Equal("true", await Row(ops, "web").GetAttributeAsync("aria-selected"));
        await ops.NoteFaultsAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task Shows_who_holds_one_resource_the_way_to_it_and_nothing_else()
    {
        await using PortalSession bob = await site.SignInAsync("bob");

        await Row(bob, "cage").WaitForAsync();

        Assert.Equal(0, await Row(bob, "acme").CountAsync());
        await bob.GoAsync("resources/acme/production");
        await bob.Page.GetByText("you have no role on it").WaitForAsync();
        await bob.NoteFaultsAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task Searches_on_the_broker_by_words_of_path_host_and_description()
    {
        await using PortalSession ops = await site.SignInAsync("ops");

        await ops.Page.Keyboard.PressAsync("/");
        await ops.Page.Keyboard.TypeAsync("STOREFRONT production");
        await ops.Page.GetByText("1 match").WaitForAsync();
        await ops.Page.Keyboard.PressAsync("Enter");

        await ops.Page.GetByRole(AriaRole.Heading, new() { Name = "web", Exact = true }).WaitForAsync();
        await ops.Page.GetByLabel("Search resources").FillAsync("nowhere");
        await ops.Page.GetByText("Nothing matches").WaitForAsync();
        await ops.NoteFaultsAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task Sends_no_private_key_that_is_pasted_into_a_search()
    {
        const string Key = "-----BEGIN OPENSSH PRIVATE KEY----- b3BlbnNzaC1rZXktdjEAAAAA/AAAA/BG5vbmU -----END OPENSSH PRIVATE KEY-----";
        await using PortalSession ops = await site.SignInAsync("ops");
        var asked = new List<string>();
        ops.Page.Request += (_, request) => asked.Add(Uri.UnescapeDataString(request.Url));

        await ops.Page.GetByLabel("Search resources").FillAsync(Key);
        await ops.Text("That is a private key. It was not sent.").WaitForAsync();
        Assert.Equal("", await ops.Page.GetByLabel("Search resources").InputValueAsync());
        await ops.GoAsync("passcode");
        await ops.Page.GetByRole(AriaRole.Combobox, new() { Name = "Resource" }).FillAsync(Key);
        await ops.Text("That is a private key. It was not sent.").WaitForAsync();
        Assert.Equal("", await ops.Page.GetByRole(AriaRole.Combobox, new() { Name = "Resource" }).InputValueAsync());
        // What catches it where a field does not.
        string[] refused = await ops.Page.EvaluateAsync<string[]>(
            "key => import('./session/api.js').then(({ call, segment }) => Promise.all([call('GET', 'resources', { query: { search: key } }), call('GET', `projects/${segment(key)}`)].map(one => one.catch(problem => problem.detail))))", Key);

        Assert.All(refused, detail => Assert.Equal("That is a private key. It was not sent.", detail));
        Assert.DoesNotContain(asked, url => url.Contains("b3Blbn", StringComparison.Ordinal));
        await ops.NoteFaultsAsync();
    }

    [Theory(Timeout = 60_000)]
    [InlineData("resources?search=")]
    [InlineData("resources?below=")]
    [InlineData("places?below=")]
    [InlineData("places?above=")]
    public async Task Refuses_a_private_key_in_an_address_and_does_not_repeat_it(string address)
    {
        const string Key = "-----BEGIN OPENSSH PRIVATE KEY----- b3BlbnNzaC1rZXktdjEAAAAA";

        using HttpResponseMessage answer = await site.Broker.Admin.SendAsync(HttpMethod.Get, $"/api/{address}{Uri.EscapeDataString(Key)}");
        string said = await answer.Content.ReadAsStringAsync();

        Assert.Equal(System.Net.HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("private key", said, StringComparison.Ordinal);
        Assert.DoesNotContain("b3Blbn", said + site.Broker.Log, StringComparison.Ordinal);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("Alias", "ssh", "ssh sshfn.acme.production.web.0")]
    [InlineData("Alias", "sftp", "sftp sshfn.acme.production.web.0")]
    [InlineData("Alias", "scp", "scp FILE sshfn.acme.production.web.0:FOLDER")]
    [InlineData("Alias", "rsync", "rsync -a FOLDER/ sshfn.acme.production.web.0:FOLDER/")]
    [InlineData("Alias", "git", "git clone sshfn.acme.production.web.0:PATH.git")]
    [InlineData("Host name", "ssh", "ssh deploy@web-0.example.com")]
    [InlineData("No setup", "rsync", "rsync -a -e \"sshfn ssh\" FOLDER/ acme.production.web.0:FOLDER/")]
    [InlineData("No setup", "git", "GIT_SSH_COMMAND=\"sshfn ssh\" GIT_SSH_VARIANT=ssh git clone acme.production.web.0:PATH.git")]
    public async Task Copies_each_command_to_the_clipboard(string way, string name, string expected)
    {
        await using PortalSession alice = await site.SignInAsync("alice");
        await alice.GoAsync("resources/acme/production/web");

        await alice.Button(way).ClickAsync();
        await alice.Button($"Copy the {name} command").ClickAsync();

        await alice.Page.GetByText("Copied").WaitForAsync();
        Assert.Equal(expected, await alice.ClipboardAsync());
        await alice.NoteFaultsAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task Fills_login_instance_and_port_into_every_command()
    {
        await using PortalSession alice = await site.SignInAsync("alice");
        await alice.GoAsync("resources/acme/production/web");

        await alice.Page.GetByLabel("Login").SelectOptionAsync("root");
        await alice.Page.GetByLabel("Instance").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await alice.Text("ssh root@sshfn.acme.production.web.1").WaitForAsync();
        await alice.Button("Host name").ClickAsync();

        await alice.Text("sftp -P 2222 root@web-1.example.com").WaitForAsync();
        await alice.Text("git clone ssh://root@web-1.example.com:2222/PATH.git").WaitForAsync();
        await alice.NoteFaultsAsync();
    }

    [Theory(Timeout = 60_000)]
    [InlineData("VS Code", "code --remote ssh-remote+sshfn.acme.production.web.0 /")]
    [InlineData("PyCharm", "sshfn cert web-0.example.com 22 deploy")]
    [InlineData("sFTP client", "~/.local/state/sshfn/destinations/deploy@web-0.example.com:22/current/key")]
    [InlineData("Git", "git remote set-url origin sshfn.acme.production.web.0:PATH.git")]
    public async Task Has_a_tab_for_each_kind_of_client_with_its_values_filled_in(string tab, string line)
    {
        await using PortalSession alice = await site.SignInAsync("alice");
        await alice.GoAsync("resources/acme/production/web");

        await alice.Page.GetByRole(AriaRole.Tab, new() { Name = "Terminal" }).FocusAsync();
        while (await alice.Page.GetByRole(AriaRole.Tab, new() { Name = tab }).GetAttributeAsync("aria-selected") != "true")
            await alice.Page.Keyboard.PressAsync("ArrowRight");

        await alice.Page.GetByRole(AriaRole.Tabpanel).GetByText(line, new() { Exact = true }).WaitForAsync();
        foreach (string field in (string[])["host", "port", "user", "key file"]) await alice.Button($"Copy {field}").WaitForAsync();
        await alice.Button("Copy port").ClickAsync();
        Assert.Equal("22", await alice.ClipboardAsync());
        await alice.NoteFaultsAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task Switches_ssh_off_with_a_reason_and_shows_who_did()
    {
        await using PortalSession ops = await site.SignInAsync("ops");
        await ops.GoAsync("resources/zoo/cage/lion");

        await ops.Page.GetByRole(AriaRole.Switch, new() { Name = "SSH on environment zoo/cage" }).ClickAsync();
        await ops.Page.GetByLabel("Reason").FillAsync("feeding time");
        await ops.Button("Switch off").ClickAsync();

        await ops.Page.GetByText("by ops, just now: feeding time").WaitForAsync();
        await ops.Page.GetByText("SSH off").First.WaitForAsync();
        await ops.Page.GetByText("You can’t connect as keeper").WaitForAsync();
        await ops.NoteFaultsAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task Says_why_one_may_not_switch()
    {
        await using PortalSession alice = await site.SignInAsync("alice");
        await alice.GoAsync("resources/acme/production");

        await alice.Page.GetByRole(AriaRole.Switch, new() { Name = "SSH on environment acme/production" }).ClickAsync();
        await alice.Button("Switch off").ClickAsync();

        await alice.Page.GetByRole(AriaRole.Alert).GetByText("this needs manager").WaitForAsync();
        await alice.NoteFaultsAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task Explains_why_one_can_not_connect_rule_by_rule()
    {
        await using PortalSession ops = await site.SignInAsync("ops");
        await ops.GoAsync("resources/acme/staging/db");

        await ops.Page.GetByText("You can’t connect as postgres").WaitForAsync();
        await ops.Page.GetByText("Why can’t I?").ClickAsync();

        await ops.Page.GetByText("ssh-switch", new() { Exact = true }).First.WaitForAsync();
        await ops.NoteFaultsAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task Leads_to_the_switch_and_not_to_a_request_where_ssh_is_off()
    {
        await using PortalSession ops = await site.SignInAsync("ops");
        await ops.GoAsync("resources/acme/staging/db");

        await ops.Button("Show the SSH switch").ClickAsync();

        await ops.UntilAsync("() => document.activeElement.getAttribute('aria-label') === 'SSH on environment acme/staging'");
        Assert.Equal(0, await ops.Page.GetByRole(AriaRole.Link, new() { Name = "Ask for access" }).CountAsync());
        await ops.NoteFaultsAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task Says_the_folder_and_offers_sftp_alone_where_nothing_else_is_allowed()
    {
        await site.Broker.Admin.PutAsync<GrantRequest, GrantResponse>(
            $"{Routes.Grants}/erin", new GrantRequest("acme/production/web", "developer", Subject: "erin", SftpFolder: "pub/media"));
        await using PortalSession erin = await site.SignInAsync("erin");

        await erin.GoAsync("resources/acme/production/web");

        await erin.Text("You may reach the files in pub/media as deploy").WaitForAsync();
        await erin.Text("By SFTP and nothing else").WaitForAsync();
        await erin.Text("sftp sshfn.acme.production.web.0").WaitForAsync();
        Assert.Equal(["Terminal", "sFTP client"], await erin.Page.GetByRole(AriaRole.Tab).AllInnerTextsAsync());
        Assert.Equal(1, await erin.Page.GetByRole(AriaRole.Tabpanel).Locator(".commands").First.Locator(".command").CountAsync());
        await erin.NoteFaultsAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task Leads_from_a_place_without_a_role_to_a_request_for_it()
    {
        await using PortalSession bob = await site.SignInAsync("bob");
        await bob.GoAsync("resources/acme/production/web");

        await bob.Page.GetByRole(AriaRole.Link, new() { Name = "Ask for access" }).ClickAsync();

        Assert.Equal("acme/production/web", await bob.Page.GetByRole(AriaRole.Combobox, new() { Name = "Where" }).InputValueAsync());
        await bob.NoteFaultsAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task Signs_a_new_machine_in_by_a_token_where_no_issuer_is_configured()
    {
        await using PortalSession alice = await site.SignInAsync("alice");
        await alice.GoAsync("resources/acme/production/web");

        await alice.Page.GetByText("First time on this machine?").ClickAsync();

        await alice.Page.GetByText($"sshfn login --broker {site.Broker.Url.GetLeftPart(UriPartial.Authority)} --token-file FILE").WaitForAsync();
        await alice.NoteFaultsAsync();
    }

    private static ILocator Row(PortalSession session, string name) =>
        session.Page.GetByRole(AriaRole.Treeitem).Filter(new() { Has = session.Page.Locator(".name").GetByText(name, new() { Exact = true }) });
}
