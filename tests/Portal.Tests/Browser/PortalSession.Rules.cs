using System.Text.Json;
using SshFunctions.Support.Programs;

namespace SshFunctions.Portal.Tests.Browser;

public sealed partial class PortalSession
{
    private static readonly string Axe = Path.Combine(SourceTree.Root, "tests", "Portal.Tests", "axe", "node_modules", "axe-core", "axe.min.js");
    private static readonly string Screenshots = Path.Combine(SourceTree.Root, ".artifacts", "screenshots");

    /// <summary>Takes a screenshot of what is shown now, and fails when a rule of every page does not hold for it.</summary>
    public async Task NotePageAsync(string name, PortalView view)
    {
        await UntilAsync("() => !document.querySelector('.loading')");
        await ShootAsync($"{name}-{view.Name}", view);
        Assert.Equal((name, true), (name, await Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth")));
        Assert.Equal((name, ""), (name, await ViolationsAsync()));
        Assert.Equal((name, 0), (name, await Page.Locator("img:not([src='icon.svg'])").CountAsync()));
        await NoteFaultsAsync();
    }

    /// <summary>What axe-core finds. As a text to evaluate: the page's policy holds for what the page loads, not for what the debugger asks.</summary>
    private async Task<string> ViolationsAsync()
    {
        await Page.EvaluateAsync(await File.ReadAllTextAsync(Axe));
        JsonElement found = await Page.EvaluateAsync<JsonElement>(
            "async () => (await axe.run(document, { resultTypes: ['violations'] })).violations.map(one => `${one.id}: ${one.nodes[0].html}`)");
        return string.Join('\n', found.EnumerateArray().Select(one => one.GetString()));
    }

    private async Task ShootAsync(string name, PortalView view)
    {
        Directory.CreateDirectory(Screenshots);
        // The detail scrolls inside its pane: the window grows to show all of it.
        int height = await Page.EvaluateAsync<int>("() => Math.max(document.querySelector('.pane-detail')?.scrollHeight ?? 0, document.documentElement.scrollHeight)");
        // A dialog lies over what is in sight, wherever that is on a long page.
        bool isAsked = await Page.Locator("dialog[open]").CountAsync() > 0;
        if (!view.IsPhone) await Page.SetViewportSizeAsync(view.Width, Math.Clamp(height, view.Height, 2400));
        await Page.ScreenshotAsync(new() { Path = Path.Combine(Screenshots, $"{name}.png"), FullPage = view.IsPhone && !isAsked });
        if (!view.IsPhone) await Page.SetViewportSizeAsync(view.Width, view.Height);
    }
}
