using System.Globalization;
using System.Text;
using Microsoft.Net.Http.Headers;
using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.Core;
using SshFunctions.Core.Revocations;

namespace SshFunctions.App.Http;

/// <summary>The KRL, and the journal key's signature over it; both with the version as ETag.</summary>
internal sealed class GetRevocationList : IHttpFunction
{
    private const int LongestWaitSeconds = 50;

    public FunctionDeclaration Declaration { get; } = new(
        nameof(GetRevocationList),
        "Gives the OpenSSH key revocation list, and its signature.",
        FunctionAccess.Open,
        [
            new FunctionRoute("GET", Routes.RevocationList)
            {
                ContentType = "application/octet-stream",
                Query = [new QueryParameter("wait", "Seconds, 0 to 50, to wait for a newer list than the one that If-None-Match names.")],
            },
            new FunctionRoute("GET", Routes.RevocationListSignature)
            {
                OperationId = "GetRevocationListSignature",
                ContentType = "text/plain",
            },
        ]);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Routes.RevocationList, KrlAsync).For(Declaration);
        routes.MapGet(Routes.RevocationListSignature, SignatureAsync).For(Declaration);
    }

    private static async Task<IResult> KrlAsync(
        HttpContext context,
        RevocationListPublisher publisher,
        RevocationWatch watch,
        IHostApplicationLifetime lifetime,
        CancellationToken cancellationToken)
    {
        if (!WaitOf(context).Try(out TimeSpan wait, out Refusal? refusal)) return Problems.From(refusal);
        PublishedList list = await publisher.ReadAsync(cancellationToken);
        if (wait > TimeSpan.Zero && IsKnown(context, list))
        {
            await WaitAsync(watch, list.Version, wait, lifetime.ApplicationStopping, cancellationToken);
            list = await publisher.ReadAsync(cancellationToken);
        }

        // With the list itself, so that they belong together however often it changes.
        context.Response.Headers[Routes.RevocationListSignatureHeader] = Convert.ToBase64String(Encoding.ASCII.GetBytes(list.Signature));
        return Results.Bytes(list.Krl, "application/octet-stream", entityTag: TagOf(list));
    }

    private static async Task<IResult> SignatureAsync(RevocationListPublisher publisher, CancellationToken cancellationToken)
    {
        PublishedList list = await publisher.ReadAsync(cancellationToken);
        return Results.Bytes(Encoding.ASCII.GetBytes(list.Signature), "text/plain", entityTag: TagOf(list));
    }

    private static Result<TimeSpan> WaitOf(HttpContext context)
    {
        if (!Requests.Query(context, "wait").Try(out QueryValue wait, out Refusal? refusal)) return refusal;
        if (wait.Text is null) return TimeSpan.Zero;
        return int.TryParse(wait.Text, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds) && seconds <= LongestWaitSeconds
            ? TimeSpan.FromSeconds(seconds)
            : new Refusal.Invalid("wait", "wait is out of bounds", $"give 0 to {LongestWaitSeconds} seconds");
    }

    /// <summary>Whether the answer would be 304 now.</summary>
    private static bool IsKnown(HttpContext context, PublishedList list)
    {
        EntityTagHeaderValue tag = TagOf(list);
        return context.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: true));
    }

    /// <summary>Waits for a newer list; a broker that stops answers at once with the one there is.</summary>
    private static async Task WaitAsync(
        RevocationWatch watch, long version, TimeSpan wait, CancellationToken stopping, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, cancellationToken);
        try
        {
            await watch.WaitAsync(version, wait, either.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Not a fault of the request: it gets its 304 early.
        }
    }

    /// <summary>
    /// Version and hash: instances build the same version each for themselves, with another time in it, and a host that fetches list and
    /// signature must be able to see that they belong together.
    /// </summary>
    private static EntityTagHeaderValue TagOf(PublishedList list) => new($"\"{list.Version}-{list.Id}\"");
}
