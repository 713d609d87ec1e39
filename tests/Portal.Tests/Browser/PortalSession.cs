using Microsoft.Playwright;

namespace SshFunctions.Portal.Tests.Browser;

/// <summary>One person's browser at the portal. It lets no request off loopback, and notes what a careful page never does.</summary>
public sealed partial class PortalSession : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly Uri _portal;
    private readonly List<string> _faults = [];

    private PortalSession(IBrowserContext context, IPage page, Uri portal) => (_context, Page, _portal) = (context, page, portal);

    public IPage Page { get; }

    public IBrowserContext Context => _context;

    public static async Task<PortalSession> OpenAsync(IBrowser browser, Uri portal, PortalView view)
    {
        PortalSession opened = await NewAsync(browser, portal, view);
        await opened.WatchAsync();
        await opened.Page.GotoAsync(portal.AbsoluteUri);
        return opened;
    }

    /// <summary>A page that shows nothing yet, and whose requests nobody looks at: they take the time that they take.</summary>
    public static async Task<PortalSession> NewAsync(IBrowser browser, Uri portal, PortalView view)
    {
        IBrowserContext context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = view.Width, Height = view.Height },
            ColorScheme = view.Colors,
            HasTouch = view.IsPhone,
            ReducedMotion = ReducedMotion.Reduce,
            Locale = "en-GB",
            TimezoneId = "UTC",
        });
        await context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        context.SetDefaultTimeout(15_000);
        return new PortalSession(context, await context.NewPageAsync(), portal);
    }

    /// <summary>Types a token into the page of sign-in.</summary>
    public async Task SignInAsync(string token)
    {
        await Page.GetByLabel("Access token").FillAsync(token);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Sign in with the token" }).ClickAsync();
        await Page.GetByRole(AriaRole.Navigation, new() { Name = "Pages" }).WaitForAsync();
    }

    /// <summary>Opens a page of the portal by its address.</summary>
    public Task GoAsync(string address) => Page.GotoAsync($"{_portal}#/{address}");

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public ILocator Text(string text) => Page.GetByText(text).First;

    public Task<string> ClipboardAsync() => Page.EvaluateAsync<string>("() => navigator.clipboard.readText()");

    /// <summary>Waits until a script says true.</summary>
    public Task UntilAsync(string script) => Page.WaitForFunctionAsync(script);

    /// <summary>Fails when the page logged an error, broke its policy, left its origin, or ran what somebody put in.</summary>
    public async Task NoteFaultsAsync()
    {
        Assert.NotEqual("owned", await Page.TitleAsync());
        Assert.Empty(_faults);
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();

    private async Task WatchAsync()
    {
        Page.Console += (_, message) =>
        {
            // An answer that is a refusal is logged by the browser as an error; the tests that provoke one look at the page.
            if (message.Type is "error" or "warning" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal)
                && message.Location.StartsWith(_portal.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal))
                Note($"console: {message.Text}");
        };
        Page.PageError += (_, error) => Note($"script: {error}");
        await Page.AddInitScriptAsync("addEventListener('securitypolicyviolation', event => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`))");
        // Watched, not intercepted: a page of fifty modules would wait for each of them to be looked at.
        _context.Request += (_, request) =>
        {
            var url = new Uri(request.Url);
            // A sign-in leaves the page as a whole; what the page itself loads must be the broker's.
            if (url.Authority != _portal.Authority && url.Scheme is not ("blob" or "data") && !request.IsNavigationRequest && PageIsPortal()) Note($"off the origin: {url}");
        };
    }

    private bool PageIsPortal() => Page.Url.StartsWith(_portal.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal);

    private void Note(string fault)
    {
        lock (_faults) _faults.Add(fault);
    }
}
