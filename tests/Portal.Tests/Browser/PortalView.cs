using Microsoft.Playwright;

namespace SshFunctions.Portal.Tests.Browser;

/// <summary>How large the screen is, and which colours its owner prefers.</summary>
public sealed record PortalView(string Name, int Width, int Height, ColorScheme Colors, bool IsPhone = false)
{
    public static PortalView Light { get; } = new("light", 1280, 860, ColorScheme.Light);

    public static PortalView Dark { get; } = new("dark", 1280, 860, ColorScheme.Dark);

    public static PortalView Phone { get; } = new("phone", 390, 844, ColorScheme.Light, IsPhone: true);

    public static PortalView Named(string name) => new[] { Light, Dark, Phone }.Single(view => view.Name == name);
}
