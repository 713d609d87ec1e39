using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.App.Http.Contract;
using SshFunctions.Core;
using SshFunctions.Core.Tickets;
using SshFunctions.Core.Webhooks;

namespace SshFunctions.App.Http;

/// <summary>Takes a webhook of a ticket system. Open, because its signature is its proof: nothing is believed or kept before that is found right.</summary>
internal sealed class ReceiveTicket : IHttpFunction
{
    public FunctionDeclaration Declaration { get; } = new(
        nameof(ReceiveTicket),
        "Takes a webhook of a ticket system, signed as Standard Webhooks has it, that opens or closes an access request.",
        FunctionAccess.Open,
        new FunctionRoute("POST", Routes.Tickets) { Response = typeof(TicketResponse) })
    {
        GuardsBody = true,
    };

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost(Routes.Tickets, HandleAsync).For(Declaration);

    private static async Task<IResult> HandleAsync(HttpContext context, string source, TicketReceiver receiver, CancellationToken cancellationToken)
    {
        if (await ReadAsync(context, cancellationToken) is not { } body)
        {
            await receiver.RefuseAsync(source, "the webhook is larger than the broker takes", cancellationToken);
            return Problems.TooLarge("The webhook is larger than the broker takes.");
        }

        IHeaderDictionary headers = context.Request.Headers;
        WebhookStamp.TryParse(One(headers[WebhookStamp.IdHeader]), One(headers[WebhookStamp.TimeHeader]), out WebhookStamp? stamp);
        Result<TicketOutcome> outcome = await receiver.ReceiveAsync(source, stamp, One(headers[WebhookStamp.SignatureHeader]), body, cancellationToken);
        return Answers.Of(outcome, TicketContract.Of);
    }

    /// <summary>The bytes as they came; null when they are too many, of which as few as possible are read.</summary>
    private static async Task<byte[]?> ReadAsync(HttpContext context, CancellationToken cancellationToken)
    {
        long? limit = context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize;
        if (context.Request.ContentLength > limit) return null;
        using var body = new MemoryStream();
        try
        {
            await context.Request.Body.CopyToAsync(body, cancellationToken);
            return body.ToArray();
        }
        catch (BadHttpRequestException tooLarge) when (tooLarge.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return null;
        }
    }

    // A header that is given twice is read differently by the next one: it is none.
    private static string? One(StringValues values) => values.Count == 1 ? values[0] : null;
}
