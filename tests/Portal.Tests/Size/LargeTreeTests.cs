using System.Diagnostics;
using Microsoft.Playwright;
using SshFunctions.Api;
using SshFunctions.Portal.Tests.Browser;
using SshFunctions.Support.Broker;
using Xunit.Abstractions;

namespace SshFunctions.Portal.Tests.Size;

public sealed class LargeTreeTests(LargeTree tree, ITestOutputHelper output) : IClassFixture<LargeTree>
{
    private const int MostTransferredBytes = 200_000;

    // By the browser's own clock: the way from here to there and back is none of the page's time.
    private const string WhenReady =
        "new MutationObserver((_, observer) => { if (document.querySelector('[role=treeitem][aria-expanded]')) { window.ready = performance.now(); observer.disconnect(); } }).observe(document, { childList: true, subtree: true })";

    private const string Told =
        "() => { const files = performance.getEntriesByType('resource').filter(one => one.name.endsWith('.js')).map(one => one.responseEnd);"
        + " const shown = performance.getEntriesByType('navigation')[0].responseEnd;"
        + " return `page after ${Math.round(shown)} ms, ${files.length} modules after ${Math.round(Math.max(...files))} ms, tree after ${Math.round(ready)} ms`; }";

    private Uri Portal => new(tree.Broker.Url, "api/portal/");

    // Times are told, not judged: the machine of a test has other things to do. What a page takes off the network does not depend on that.
    [Fact(Timeout = 120_000)]
    public async Task Is_there_at_once_for_less_than_two_hundred_kilobytes()
    {
        string kept;
        await using (PortalSession session = await PortalSession.OpenAsync(tree.Browser, Portal, PortalView.Light))
        {
            await session.SignInAsync(tree.Broker.BootstrapToken);
            await FirstRow(session).WaitForAsync();
            kept = await session.Page.EvaluateAsync<string>("() => sessionStorage.getItem('sshfn.session')");
            await session.NoteFaultsAsync();
        }

        for (int visit = 0; visit < 3; visit++)
        {
            await using PortalSession first = await PortalSession.NewAsync(tree.Browser, Portal, PortalView.Light);
            await first.Page.AddInitScriptAsync($"sessionStorage.setItem('sshfn.session', {System.Text.Json.JsonSerializer.Serialize(kept)})");
            long transferred = 0;
            ICDPSession network = await first.Context.NewCDPSessionAsync(first.Page);
            await network.SendAsync("Network.enable");
            network.Event("Network.loadingFinished").OnEvent += (_, told) => transferred += (long)told!.Value.GetProperty("encodedDataLength").GetDouble();

            await first.Page.AddInitScriptAsync(WhenReady);
            await first.Page.GotoAsync(Portal.AbsoluteUri, new() { WaitUntil = WaitUntilState.Commit });
            await FirstRow(first).ClickAsync();
            output.WriteLine($"first visit: {await first.Page.EvaluateAsync<string>(Told)}, {transferred} bytes with headers");

            await first.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
            Assert.InRange(transferred, 50_000, MostTransferredBytes);
        }
    }

    [Fact(Timeout = 120_000)]
    public async Task Finds_one_among_them_all_and_draws_only_what_is_in_sight()
    {
        await using PortalSession session = await PortalSession.OpenAsync(tree.Browser, Portal, PortalView.Light);
        await session.SignInAsync(tree.Broker.BootstrapToken);
        long start = Stopwatch.GetTimestamp();

        await session.Page.GetByLabel("Search resources").FillAsync("p-99 e-9 r-099");
        await session.Text("1 match").WaitForAsync(new() { Timeout = 60_000 });
        output.WriteLine($"the last of {LargeTree.Count} found after {Stopwatch.GetElapsedTime(start).TotalMilliseconds:F0} ms");
        await session.Page.GetByLabel("Search resources").FillAsync("example.com");
        await session.Text("200+ matches").WaitForAsync(new() { Timeout = 60_000 });
        await session.Page.GetByRole(AriaRole.Tree).FocusAsync();
        await session.Page.Keyboard.PressAsync("End");
        await session.Text("400+ matches").WaitForAsync(new() { Timeout = 60_000 });

        Assert.InRange(await session.Page.GetByRole(AriaRole.Treeitem).CountAsync(), 10, 80);
        await session.NoteFaultsAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task A_page_of_a_search_looks_at_so_many_and_says_where_to_go_on()
    {
        Page<ResourceResponse> page = await tree.Broker.Admin.GetAsync<Page<ResourceResponse>>($"{Routes.VisibleResources}?search=r-099&below=p-99");
        long start = Stopwatch.GetTimestamp();
        Page<ResourceResponse> none = await tree.Broker.Admin.GetAsync<Page<ResourceResponse>>($"{Routes.VisibleResources}?search=nothing");

        output.WriteLine($"25 000 looked at in {Stopwatch.GetElapsedTime(start).TotalMilliseconds:F0} ms");
        Assert.Equal(10, page.Items.Count);
        Assert.Null(page.Next);
        Assert.Empty(none.Items);
        Assert.Equal("p-24/e-9/r-099", none.Next);
    }

    [Fact(Timeout = 120_000)]
    public async Task Who_holds_one_resource_is_shown_it_and_the_way_to_it_and_no_name_of_another()
    {
        await tree.Broker.Admin.GrantAsync("one", "one", "p-99/e-9/r-099");
        using BrokerApi one = await tree.Broker.AsPersonAsync("one");

        Page<ResourceResponse> found = await one.GetAsync<Page<ResourceResponse>>(Routes.VisibleResources);
        Page<ResourceResponse> searched = await one.GetAsync<Page<ResourceResponse>>($"{Routes.VisibleResources}?search=example.com&limit=1");
        Page<PlaceResponse> projects = await one.GetAsync<Page<PlaceResponse>>(Routes.Places);
        Page<PlaceResponse> environments = await one.GetAsync<Page<PlaceResponse>>($"{Routes.Places}?below=p-99&limit=1");
        Page<PlaceResponse> elsewhere = await one.GetAsync<Page<PlaceResponse>>($"{Routes.Places}?below=p-98");

        Assert.Equal(("p-99/e-9/r-099", null), (Assert.Single(found.Items).Path, found.Next));
        Assert.Equal(("p-99/e-9/r-099", null), (Assert.Single(searched.Items).Path, searched.Next));
        Assert.Equal(("p-99", null), (Assert.Single(projects.Items).Path, projects.Next));
        Assert.Equal(("p-99/e-9", null), (Assert.Single(environments.Items).Path, environments.Next));
        Assert.Empty(elsewhere.Items);
    }

    private static ILocator FirstRow(PortalSession session) => session.Page.GetByRole(AriaRole.Treeitem).GetByText("p-00");
}
