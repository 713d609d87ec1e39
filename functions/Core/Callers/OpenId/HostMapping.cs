using System.Diagnostics.CodeAnalysis;
using SshFunctions.Core.Hosts;

namespace SshFunctions.Core.Callers.OpenId;

/// <summary>Which part of the tree a machine is that proves itself by an issuer's token: a trust decision, as the subject is.</summary>
public sealed record HostMapping
{
    /// <summary>The form, for people.</summary>
    public const string Rule = "a host template gives a resource, or with # an instance of it, as in acme/production/{xms_mirid|last} or acme/{env}/{app}#{index}";

    private HostMapping(ClaimTemplate template) => Template = template;

    /// <summary>Makes the place.</summary>
    public ClaimTemplate Template { get; }

    /// <summary>Reads a template.</summary>
    /// <param name="text">The text.</param>
    /// <param name="mapping">The mapping; null when there is none.</param>
    /// <returns>Whether the template can make a place.</returns>
    public static bool TryParse(string text, [NotNullWhen(true)] out HostMapping? mapping)
    {
        mapping = ClaimTemplate.TryParse(text, out ClaimTemplate? template) && HostPlace.TryParse(template.FillAll("0"), null, out _)
            ? new HostMapping(template)
            : null;
        return mapping is not null;
    }

    /// <summary>The place; null when the claims make none. A claim is one name of the path at most: a slash in it would reach into another environment.</summary>
    internal HostPlace? Read(TokenClaims claims) =>
        HostPlace.TryParse(Template.Fill(claims, value => !value.AsSpan().ContainsAny('/', '#')), null, out HostPlace place) ? place : null;
}
