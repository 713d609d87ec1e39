using System.Collections.Frozen;
using System.Text.Json;

namespace SshFunctions.Core.Tickets;

/// <summary>How one field of a ticket is found in a ticket system's message.</summary>
/// <param name="From">The text.</param>
/// <param name="Values">What stands for which text; null when the text stands for itself.</param>
/// <param name="Default">What stands for a text that is not in the table, or is not there at all; null for nothing.</param>
public sealed record TicketRule(TicketTemplate From, FrozenDictionary<string, string>? Values = null, string? Default = null)
{
    /// <summary>Finds the field.</summary>
    /// <param name="message">The message.</param>
    /// <param name="structure">Characters that a part of the message must not bring into the field.</param>
    /// <param name="text">The field; null when there is none.</param>
    /// <returns>False when the message brings structure along.</returns>
    public bool TryFind(JsonElement message, string structure, out string? text)
    {
        // A table says itself what comes out, whatever went in.
        if (!From.TryFill(message, Values is null ? structure : "", out text)) return false;
        if (Values is not null) text = text is not null && Values.TryGetValue(text, out string? value) ? value : null;
        text ??= Default;
        return true;
    }
}
