using System.Diagnostics;
using Microsoft.Playwright;
using SshFunctions.Api;
using SshFunctions.Portal.Tests.Browser;
using Xunit.Abstractions;

namespace SshFunctions.Portal.Tests.Size;

public sealed class LargeTreeTests(LargeTree tree, ITestOutputHelper output) : IClassFixture<LargeTree>
{
    private const int MostTransferredBytes = 200_000;

    // The promise is a second on an idle machine; tests share theirs.
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(5);

    [Fact(Timeout = 120_000)]
    public async Task Is_ready_within_a_second_and_two_hundred_kilobytes()
    {
        await using PortalSession session = await PortalSession.OpenAsync(tree.Browser, new Uri(tree.Broker.Url, "api/portal/"), PortalView.Light);
        await session.SignInAsync(tree.Broker.BootstrapToken);
        await FirstRow(session).WaitForAsync();
        long transferred = session.TransferredBytes;
        long start = Stopwatch.GetTimestamp();

        // Watching requests keeps the browser from using its cache, so this is a first visit.
        await session.Page.ReloadAsync(new() { WaitUntil = WaitUntilState.Commit });
        await FirstRow(session).WaitForAsync();

        TimeSpan took = Stopwatch.GetElapsedTime(start);
        output.WriteLine($"first page after {took.TotalMilliseconds:F0} ms, {transferred} bytes with the sign-in");
        Assert.InRange(took, TimeSpan.Zero, MostTime);
        Assert.InRange(transferred, 1, MostTransferredBytes);
        await session.NoteFaultsAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task Finds_one_among_them_all_and_draws_only_what_is_in_sight()
    {
        await using PortalSession session = await PortalSession.OpenAsync(tree.Browser, new Uri(tree.Broker.Url, "api/portal/"), PortalView.Light);
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
        Page<ResourceResponse> none = await tree.Broker.Admin.GetAsync<Page<ResourceResponse>>($"{Routes.VisibleResources}?search=nothing");

        Assert.Equal(10, page.Items.Count);
        Assert.Null(page.Next);
        Assert.Empty(none.Items);
        Assert.Equal("p-04/e-9/r-099", none.Next);
    }

    private static ILocator FirstRow(PortalSession session) => session.Page.GetByRole(AriaRole.Treeitem).GetByText("p-00");
}
