using Microsoft.Net.Http.Headers;
using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.App.Hosting.Portal;

namespace SshFunctions.App.Http;

/// <summary>Serves the portal's files out of the program itself; no path of a request ever meets a file system.</summary>
internal sealed class ServePortal : IHttpFunction
{
    private const string Gzip = "gzip";

    public FunctionDeclaration Declaration { get; } = new(
        nameof(ServePortal),
        "Serves the web portal.",
        FunctionAccess.Open,
        [
            new FunctionRoute("GET", Routes.Portal) { ContentType = "text/html" },
            new FunctionRoute("HEAD", Routes.Portal) { OperationId = "HeadPortal", ContentType = "text/html" },
        ])
    {
        NeedsBroker = false,
    };

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Routes.Portal, Answer).For(Declaration);
        routes.MapMethods(Routes.Portal, ["HEAD"], Answer).For(Declaration);
    }

    private static IResult Answer(HttpContext context, string? file)
    {
        // Without its slash the page would look for its files beside the folder. Relative: a proxy may serve the broker below a path.
        if (string.IsNullOrEmpty(file) && context.Request.Path.Value?.EndsWith('/') == false)
            return Results.Redirect("portal/" + context.Request.QueryString.Value);
        if (!PortalFiles.TryFind(file, out PortalFile? found))
            return Problems.NotFound("The portal has no such file.", "open /api/portal/");
        PortalHeaders.Write(context.Response.Headers);
        bool isCompressed = TakesGzip(context.Request);
        context.Response.Headers.Vary = HeaderNames.AcceptEncoding;
        if (isCompressed) context.Response.Headers.ContentEncoding = Gzip;
        PortalFileForm form = isCompressed ? found.Compressed : found.Plain;
        return Results.Bytes(form.Content, found.ContentType, entityTag: form.Tag);
    }

    // Source: RFC 9110, section 12.5.3: a weight of 0 says no.
    private static bool TakesGzip(HttpRequest request) =>
        request.GetTypedHeaders().AcceptEncoding.Any(coding => coding.Value.Equals(Gzip, StringComparison.OrdinalIgnoreCase) && coding.Quality != 0);
}
