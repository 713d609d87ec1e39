namespace SshFunctions.Core.Access;

/// <summary>The ticket that an access request belongs to.</summary>
/// <param name="Source">Which ticket system; 1 to <see cref="MaximumSourceLength"/> characters.</param>
/// <param name="Reference">The ticket's name there; 1 to <see cref="MaximumReferenceLength"/> characters.</param>
/// <param name="Url">Where people read it; null for nowhere.</param>
public sealed record TicketReference(string Source, string Reference, string? Url = null)
{
    /// <summary>Most characters of a source.</summary>
    public const int MaximumSourceLength = 63;

    /// <summary>Most characters of a reference.</summary>
    public const int MaximumReferenceLength = 120;

    /// <summary>Most characters of an address.</summary>
    public const int MaximumUrlLength = 500;

    internal Refusal.Invalid? FindFault()
    {
        if (FreeText.FaultOf(Source, "ticketSource", MaximumSourceLength, required: true) is { } source) return source;
        if (FreeText.FaultOf(Reference, "ticketReference", MaximumReferenceLength, required: true) is { } reference) return reference;
        if (FreeText.FaultOf(Url, "ticketUrl", MaximumUrlLength, required: false) is { } url) return url;
        return Url is null || (Uri.TryCreate(Url, UriKind.Absolute, out Uri? address) && address.Scheme is "https" or "http")
            ? null
            : new Refusal.Invalid("ticketUrl", "ticketUrl is no web address", "give one that begins with https://, or none");
    }
}
