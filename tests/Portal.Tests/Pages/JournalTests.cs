using Microsoft.Playwright;
using SshFunctions.Api;
using SshFunctions.Portal.Tests.Browser;
using SshFunctions.Support.Files;
using SshFunctions.Support.Processes;
using SshFunctions.Support.Programs;

namespace SshFunctions.Portal.Tests.Pages;

public sealed class JournalTests(PortalSite site) : IClassFixture<PortalSite>
{
    [Fact(Timeout = 60_000)]
    public async Task Filters_by_event_and_shows_one_entry_in_its_chain()
    {
        await using PortalSession ops = await site.SignInAsync("ops");
        await ops.GoAsync("journal");

        await ops.Page.GetByLabel("Event").FillAsync("host.enrolled");
        await ops.Button("Filter").ClickAsync();
        await ops.UntilAsync("() => document.querySelectorAll('tbody tr').length === 1");
        await ops.Page.Locator("tbody a").First.ClickAsync();

        await ops.Text("The chain holds here").WaitForAsync();
        Assert.Equal(3, await ops.Page.Locator(".chain li").CountAsync());
        await ops.NoteFaultsAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task Follows_what_happens_without_a_reload()
    {
        await using PortalSession ops = await site.SignInAsync("ops");
        await ops.GoAsync("journal?event=key.registered&subject=carol");
        await ops.Text("No entry fits").WaitForAsync();
        await ops.Page.GetByLabel("Live tail").CheckAsync();
        using Support.Broker.BrokerApi carol = await site.Broker.AsPersonAsync("carol");

        await carol.PostAsync<RegisterKeyRequest, RegisteredKeyResponse>(Routes.Keys, new RegisterKeyRequest("desk", PortalKeys.New()));

        await ops.Page.GetByRole(AriaRole.Row).GetByText("desk").WaitForAsync();
        await ops.Text("No entry fits").WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        await ops.NoteFaultsAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task Says_that_the_tail_is_cut_off_and_shows_what_happened_meanwhile()
    {
        await using PortalSession ops = await site.SignInAsync("ops");
        await ops.GoAsync("journal?event=key.registered&subject=bootstrap");
        await ops.Page.Locator("table.entries").WaitForAsync();
        await ops.Page.GetByLabel("Live tail").CheckAsync();

        await ops.Context.SetOfflineAsync(true);
        await ops.Text("Not connected since").WaitForAsync();
        await site.Broker.Admin.PostAsync<RegisterKeyRequest, RegisteredKeyResponse>(Routes.Keys, new RegisterKeyRequest("meanwhile", PortalKeys.New()));
        await ops.Context.SetOfflineAsync(false);

        await ops.Text("Connected again").WaitForAsync();
        await ops.Page.GetByRole(AriaRole.Row).GetByText("meanwhile").WaitForAsync();
        await ops.NoteFaultsAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task Counts_mints_and_refusals_in_the_chart()
    {
        using Support.Broker.BrokerApi alice = await site.Broker.AsPersonAsync("alice");
        await alice.IssueAsync(PortalKeys.New(), "acme/production/web", "deploy");
        await Assert.ThrowsAsync<HttpRequestException>(() => alice.IssueAsync(PortalKeys.New(), "zoo/cage/lion", "keeper"));
        await using PortalSession ops = await site.SignInAsync("ops");

        await ops.GoAsync("journal?subject=alice");

        await ops.Page.GetByRole(AriaRole.Img, new() { Name = "Mints: 1, Refusals: 1, Logins: 0 in the last 24 hours" }).WaitForAsync();
        await ops.NoteFaultsAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task Shows_people_without_the_role_their_own_entries()
    {
        await using PortalSession bob = await site.SignInAsync("bob");

        await bob.GoAsync("journal");

        await bob.Text("These are your own entries").WaitForAsync();
        await bob.NoteFaultsAsync();
    }

    [Theory(Timeout = 60_000)]
    [InlineData("journal", "To export the whole journal, you need the role auditor on /.", true)]
    [InlineData("journal?resource=zoo", "To export, you need the role auditor on zoo.", true)]
    [InlineData("journal?resource=acme/staging", "", false)]
    public async Task Offers_an_export_only_to_who_may_have_it(string address, string reason, bool isRefused)
    {
        await site.Broker.Admin.PutAsync<GrantRequest, GrantResponse>($"{Routes.Grants}/frank", new GrantRequest("acme/staging", "auditor", Subject: "frank"));
        await using PortalSession frank = await site.SignInAsync("frank");

        await frank.GoAsync(address);

        if (isRefused) await frank.Text(reason).WaitForAsync();
        else await frank.UntilAsync("() => [...document.querySelectorAll('button')].some(button => button.textContent.startsWith('Export') && !button.disabled)");
        Assert.Equal(isRefused, await frank.Button("Export as NDJSON").IsDisabledAsync());
        Assert.Equal(isRefused, await frank.Button("Export as CSV").IsDisabledAsync());
        await frank.NoteFaultsAsync();
    }

    [Theory(Timeout = 60_000)]
    [InlineData("Export as NDJSON", "ndjson")]
    [InlineData("Export as CSV", "csv")]
    public async Task Exports_the_journal_as_a_file(string button, string extension)
    {
        await using PortalSession ops = await site.SignInAsync("ops");
        await ops.GoAsync("journal");

        IDownload file = await ops.Page.RunAndWaitForDownloadAsync(() => ops.Button(button).ClickAsync());

        Assert.EndsWith(extension, file.SuggestedFilename, StringComparison.Ordinal);
        if (extension == "ndjson") await ops.Text($"sshfn audit verify {file.SuggestedFilename} --key trust.json").WaitForAsync();
        Assert.Contains("host.enrolled", await File.ReadAllTextAsync(await file.PathAsync()), StringComparison.Ordinal);
        await ops.NoteFaultsAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task Shows_older_entries_when_asked()
    {
        for (int count = 0; count < 120; count++) await site.Broker.Admin.CreateTokenAsync($"somebody-{count / 50}");
        await using PortalSession ops = await site.SignInAsync("ops");
        await ops.GoAsync("journal?event=token.created");
        await ops.UntilAsync("() => document.querySelectorAll('tbody tr').length === 100");

        await ops.Button("Show older").ClickAsync();

        await ops.UntilAsync("() => document.querySelectorAll('tbody tr').length > 120");
        await ops.Button("Show older").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await ops.NoteFaultsAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task Shows_the_proof_of_an_entry_and_gives_it_as_a_file_that_is_verified_offline()
    {
        await FullSite.SealAsync(site.Broker.Data);
        ulong serial = (await site.Broker.Admin.JournalAsync("host.enrolled"))[0].Serial;
        using var folder = new TemporaryFolder();
        string key = folder.Write("trust.json", await site.Broker.Anonymous.Http.GetStringAsync(new Uri(Routes.TrustBundle, UriKind.Relative)));
        await using PortalSession ops = await site.SignInAsync("ops");
        await ops.GoAsync($"journal/{serial}");

        await ops.Button("Show the proof").ClickAsync();
        await ops.Text("The entry is sealed").WaitForAsync();
        await ops.Text($"sshfn audit verify --proof proof-{serial}.json").WaitForAsync();
        IDownload file = await ops.Page.RunAndWaitForDownloadAsync(() => ops.Button("Download the proof").ClickAsync());
        ProcessRun verified = await ProcessRun.ToEndAsync(ProductProgram.Sshfn.Path, ["audit", "verify", "--proof", await file.PathAsync(), "--key", key], null, folder.Path);

        Assert.Equal($"proof-{serial}.json", file.SuggestedFilename);
        Assert.True(verified.ExitCode == 0, verified.Error);
        await ops.NoteFaultsAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task Says_that_nothing_was_compared_to_who_may_not_read_the_neighbours()
    {
        using Support.Broker.BrokerApi erin = await site.Broker.AsPersonAsync("erin");
        await Assert.ThrowsAsync<HttpRequestException>(() => erin.IssueAsync(PortalKeys.New(), "zoo/cage/lion", "keeper"));
        await site.Broker.Admin.CreateTokenAsync("after");
        ulong serial = (await site.Broker.Admin.JournalAsync("certificate.refused")).First(entry => entry.Subject == "erin").Serial;
        await using PortalSession own = await site.SignInAsync("erin");

        await own.GoAsync($"journal/{serial}");

        await own.Text("Nothing was compared").WaitForAsync();
        Assert.Equal(0, await own.Page.Locator(".notice.good").CountAsync());
        await own.NoteFaultsAsync();
    }

    [Theory(Timeout = 60_000)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Says_of_no_proof_that_it_seals_when_that_was_not_checked_or_is_not_so(bool hashes)
    {
        await FullSite.SealAsync(site.Broker.Data);
        JournalEntryResponse entry = (await site.Broker.Admin.JournalAsync("host.enrolled"))[0];
        await using PortalSession ops = await site.SignInAsync("ops");
        if (!hashes) await ops.Page.AddInitScriptAsync("Object.defineProperty(Crypto.prototype, 'subtle', { get: () => undefined })");
        await ops.Page.ReloadAsync();
        await ops.GoAsync($"journal/{entry.Serial}");

        await ops.Button("Show the proof").ClickAsync();
        await ops.Text(hashes ? "The entry is sealed" : "The proof was not checked here").WaitForAsync();
        Assert.Equal(hashes ? 1 : 0, await ops.Page.GetByText("The entry is sealed").CountAsync());
        await ops.Page.RouteAsync("**/proof", async route =>
        {
            IAPIResponse answer = await route.FetchAsync();
            await route.FulfillAsync(new() { Response = answer, Body = (await answer.TextAsync()).Replace(entry.Hash, new string('0', 64), StringComparison.Ordinal) });
        });
        await ops.Button("Show the proof").ClickAsync();

        await ops.Text("The proof does not begin with this entry, or does not lead on").WaitForAsync();
        Assert.Equal(0, await ops.Page.GetByText("The entry is sealed").CountAsync());
        await ops.NoteFaultsAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task Keeps_a_private_key_out_of_the_address()
    {
        await using PortalSession ops = await site.SignInAsync("ops");
        await ops.GoAsync("journal");

        await ops.Page.GetByLabel("Who").FillAsync("-----BEGIN OPENSSH PRIVATE KEY----- b3BlbnNzaC1rZXktdjEAAAAA");
        await ops.Button("Filter").ClickAsync();

        await ops.Text("That is a private key. It was not sent.").WaitForAsync();
        Assert.EndsWith("#/journal", ops.Page.Url, StringComparison.Ordinal);
        Assert.Equal("", await ops.Page.GetByLabel("Who").InputValueAsync());
        await ops.NoteFaultsAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task Says_that_an_entry_is_not_sealed_yet()
    {
        await site.Broker.Admin.CreateTokenAsync("late");
        ulong serial = (await site.Broker.Admin.JournalAsync("token.created"))[0].Serial;
        await using PortalSession ops = await site.SignInAsync("ops");
        await ops.GoAsync($"journal/{serial}");

        await ops.Button("Show the proof").ClickAsync();

        await ops.Page.GetByRole(AriaRole.Alert).WaitForAsync();
        await ops.NoteFaultsAsync();
    }

    [Theory(Timeout = 60_000)]
    [InlineData("Event", "no.such-event")]
    [InlineData("Resource", "acme//web")]
    [InlineData("Who", "a\tb")]
    public async Task Says_what_is_wrong_with_a_filter(string field, string text)
    {
        await using PortalSession ops = await site.SignInAsync("ops");
        await ops.GoAsync("journal");

        await ops.Page.GetByLabel(field).FillAsync(text);
        await ops.Button("Filter").ClickAsync();

        await ops.Page.GetByRole(AriaRole.Alert).Or(ops.Page.GetByText("No entry fits")).First.WaitForAsync();
        await ops.NoteFaultsAsync();
    }
}
