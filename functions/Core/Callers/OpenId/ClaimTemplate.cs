using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace SshFunctions.Core.Callers.OpenId;

/// <summary>A text with claims in it: <c>github:{repository}</c>, <c>{email}</c>, <c>{email|local}</c>.</summary>
/// <remarks><c>|local</c> is what stands before the only <c>@</c>.</remarks>
public sealed class ClaimTemplate
{
    /// <summary>The form, for people.</summary>
    public const string Rule = "a template is text with claims in braces, as in {email}, {email|local} or github:{repository}";

    private const string Local = "|local";
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
            if (before.Length > 0) parts.Add(new Part(before, null, false));
            if (open < 0) break;
            int close = text.IndexOf('}', open);
            if (close < 0 || ReadReference(text[(open + 1)..close]) is not { } reference) return false;
            parts.Add(reference);
            at = close + 1;
        }

        template = new ClaimTemplate(parts.ToImmutable());
        return template.Claims.Any();
    }

    /// <summary>The text; null when a claim is absent, empty, no text or number, or has no local part where one is asked for.</summary>
    internal string? Fill(TokenClaims claims)
    {
        string text = "";
        foreach (Part part in _parts)
        {
            if (part.Claim is null)
            {
                text += part.Text;
                continue;
            }

            string? value = claims.Scalar(part.Claim);
            if (part.IsLocal && value is not null) value = LocalPartOf(value);
            if (string.IsNullOrEmpty(value)) return null;
            text += value;
        }

        return text;
    }

    private static Part? ReadReference(string reference)
    {
        bool local = reference.EndsWith(Local, StringComparison.Ordinal);
        string claim = local ? reference[..^Local.Length] : reference;
        return claim.Length == 0 || claim.AsSpan().ContainsAny('{', '|') ? null : new Part("", claim, local);
    }

    private static string? LocalPartOf(string address) => address.Split('@') is [string local, _] ? local : null;

    private sealed record Part(string Text, string? Claim, bool IsLocal);
}
