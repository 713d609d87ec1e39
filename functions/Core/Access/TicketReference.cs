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
        if (Reference != Reference.Trim())
            return new Refusal.Invalid("ticketReference", "ticketReference begins or ends with a blank", "give it without");
        return Url is null ? null : FaultOfUrl(Url);
    }

    /// <summary>
    /// Whoever approves reads where the address leads: it means to every reader of addresses what it looks like. A browser drops blanks at its
    /// ends and takes a backslash for a slash; what stands before an @ is written to look like the host. Source: WHATWG URL, section 4.4.
    /// </summary>
    private static Refusal.Invalid? FaultOfUrl(string url)
    {
        bool isWeb = url.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || url.StartsWith("http://", StringComparison.OrdinalIgnoreCase);
        if (!isWeb || url != url.Trim() || url.Contains('\\') || !Uri.TryCreate(url, UriKind.Absolute, out Uri? address) || address.Host.Length == 0)
            return new Refusal.Invalid("ticketUrl", "ticketUrl is no web address", "give one that begins with https://, or none; without blanks at its ends and without backslashes");
        string authority = url[(url.IndexOf("//", StringComparison.Ordinal) + 2)..].Split('/', '?', '#')[0];
        return authority.Contains('@')
            ? new Refusal.Invalid("ticketUrl", "ticketUrl has a user name before its host", "remove what stands before the @")
            : null;
    }
}
