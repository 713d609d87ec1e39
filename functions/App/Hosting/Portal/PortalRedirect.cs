namespace SshFunctions.App.Hosting.Portal;

/// <summary>Leads who opens the broker's bare address to the portal. In the Functions home that address is the host's own.</summary>
internal static class PortalRedirect
{
    public static void MapPortalRedirect(this IEndpointRouteBuilder routes) =>
        routes.MapMethods("/", ["GET", "HEAD"], () => Results.Redirect("api/portal/")).ExcludeFromDescription();
}
