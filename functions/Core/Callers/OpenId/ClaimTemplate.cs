using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace SshFunctions.Core.Callers.OpenId;

/// <summary>A text with claims in it: <c>github:{repository}</c>, <c>{email}</c>, <c>{email|local}</c>.</summary>
/// <remarks><c>|local</c> is what stands before the only <c>@</c>, <c>|last</c> what stands after the last <c>/</c>, as the name of a machine does in its Azure resource id.</remarks>
public sealed class ClaimTemplate
{
    /// <summary>The form, for people.</summary>
    public const string Rule = "a template is text with claims in braces, as in {email}, {email|local}, {xms_mirid|last} or github:{repository}";

    private const string Local = "local";
    private const string Last = "last";
    private readonly ImmutableArray<Part> _parts;

    private ClaimTemplate(ImmutableArray<Part> parts) => _parts = parts;

    /// <summary>The claims it needs.</summary>
    public IEnumerable<string> Claims => _parts.Select(part => part.Claim).OfType<string>();

    /// <summary>Reads a template.</summary>
    /// <param name="text">The text; names at least one claim.</param>
    /// <param name="template">The template; null when there is none.</param>
    /// <returns>Whether the text is one.</returns>
    public static bool TryParse(string text, [NotNullWhen(true)] out ClaimTemplate? template)
    {
        ArgumentNullException.ThrowIfNull(text);
        template = null;
        var parts = ImmutableArray.CreateBuilder<Part>();
        for (int at = 0; at < text.Length;)
        {
            int open = text.IndexOf('{', at);
            string before = text[at..(open < 0 ? text.Length : open)];
            if (before.Contains('}', StringComparison.Ordinal)) return false;
            if (before.Length > 0) parts.Add(new Part(before, null, null));
            if (open < 0) break;
            int close = text.IndexOf('}', open);
            if (close < 0 || ReadReference(text[(open + 1)..close]) is not { } reference) return false;
            parts.Add(reference);
            at = close + 1;
        }

        template = new ClaimTemplate(parts.ToImmutable());
        return template.Claims.Any();
    }

    /// <summary>The text; null when a claim is absent, empty, no text or number, has no such part as is asked for, or is not allowed.</summary>
    /// <param name="claims">The claims.</param>
    /// <param name="allowed">What a claim, or the part of it that is asked for, may be; null for anything.</param>
    internal string? Fill(TokenClaims claims, Func<string, bool>? allowed = null)
    {
        string text = "";
        foreach (Part part in _parts)
        {
            if (part.Claim is null)
            {
                text += part.Text;
                continue;
            }

            string? value = claims.Scalar(part.Claim) is { } whole ? part.Of(whole) : null;
            if (string.IsNullOrEmpty(value) || allowed?.Invoke(value) == false) return null;
            text += value;
        }

        return text;
    }

    /// <summary>What the text would be if every claim were this value.</summary>
    internal string FillAll(string value) => string.Concat(_parts.Select(part => part.Claim is null ? part.Text : value));

    private static Part? ReadReference(string reference)
    {
        int bar = reference.IndexOf('|', StringComparison.Ordinal);
        string claim = bar < 0 ? reference : reference[..bar];
        string? piece = bar < 0 ? null : reference[(bar + 1)..];
        return claim.Length == 0 || claim.Contains('{', StringComparison.Ordinal) || piece is not (null or Local or Last) ? null : new Part("", claim, piece);
    }

    private sealed record Part(string Text, string? Claim, string? Piece)
    {
        public string? Of(string value) => Piece switch
        {
            Local => value.Split('@') is [string local, _] ? local : null,
            Last => value[(value.LastIndexOf('/') + 1)..],
            _ => value,
        };
    }
}
