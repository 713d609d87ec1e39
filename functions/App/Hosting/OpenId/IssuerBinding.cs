using System.Buffers;
using System.Collections.Immutable;
using SshFunctions.App.Http.Contract;
using SshFunctions.Core;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Callers.OpenId;

namespace SshFunctions.App.Hosting.OpenId;

/// <summary>Makes an issuer of what is written of it. Each refusal names the issuer and the field.</summary>
internal sealed class IssuerBinding(IssuerDocument written)
{
    private const int LongestName = 64;
    private const int LongestAge = 86_400;
    private static readonly SearchValues<char> NameAlphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    public Result<OpenIdIssuer> Bind() => (FaultOfName() ?? FaultOfPlace()) is { } misplaced ? misplaced : BindMapping();

    /// <summary>Makes an issuer without a look at whose tokens they are.</summary>
    public Result<OpenIdIssuer> BindMapping()
    {
        if (FaultOfName() is { } nameless) return nameless;
        if (!BindAlgorithms().Try(out ImmutableArray<SignatureAlgorithm> algorithms, out Refusal? refusal)) return refusal;
        if (!TokenContract.Kinds.TryGetValue(written.Kind, out CallerKind kind)) return Wrong("kind", "is neither person nor service", "choose one");
        if (!ClaimTemplate.TryParse(written.Subject, out ClaimTemplate? subject)) return Wrong("subject", "is no template", ClaimTemplate.Rule);
        if (!new MappingBinding(written).BindGroups().Try(out GroupMapping? groups, out refusal)) return refusal;
        if (!new MappingBinding(written).BindUserName().Try(out UserNameMapping? userName, out refusal)) return refusal;
        HostMapping? host = null;
        if (written.Host is not null && !HostMapping.TryParse(written.Host, out host)) return Wrong("host", "is no host template", HostMapping.Rule);
        if (!BindConditions().Try(out ImmutableArray<ClaimCondition> conditions, out refusal)) return refusal;
        if (written.MaximumAgeSeconds is < 1 or > LongestAge) return Wrong("maximumAgeSeconds", "is out of bounds", $"give 1 to {LongestAge}");
        if (new ClientBinding(written, kind).Fault() is { } fault) return fault;
        return new OpenIdIssuer
        {
            Name = written.Name,
            Issuer = written.Issuer,
            Audiences = [.. written.Audiences],
            Algorithms = algorithms,
            Kind = kind,
            Subject = subject,
            Groups = groups,
            UserName = userName,
            Host = host,
            Conditions = conditions,
            RequireVerifiedEmail = written.RequireVerifiedEmail ?? true,
            SingleUse = written.SingleUse ?? false,
            MaximumAge = written.MaximumAgeSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            Client = new ClientBinding(written, kind).Client,
        };
    }

    /// <summary>A fault of one field of an issuer.</summary>
    public static Refusal.Invalid Wrong(IssuerDocument written, string field, string what, string fix) =>
        new(field, $"issuer {written.Name}: {field} {what}", fix);

    private Refusal.Invalid? FaultOfName() =>
        written.Name.Length is 0 or > LongestName || written.Name.AsSpan().ContainsAnyExcept(NameAlphabet)
            ? new Refusal.Invalid(
                "name", $"the name of {(written.Issuer.Length > 0 ? written.Issuer : "an issuer")} is none", $"give 1 to {LongestName} letters, digits and - _ .")
            : null;

    private Refusal.Invalid? FaultOfPlace()
    {
        if (!Uri.TryCreate(written.Issuer, UriKind.Absolute, out Uri? url) || !IssuerClient.IsTrustworthy(url)
            || url.UserInfo.Length + url.Query.Length + url.Fragment.Length != 0)
            return Wrong("issuer", "is no https address", "write it exactly as the iss of its tokens, for example https://token.actions.githubusercontent.com");
        if (written.Audiences.Count == 0 || written.Audiences.Any(string.IsNullOrWhiteSpace))
            return Wrong("audiences", "is empty or has an empty one", "name the aud that tokens for this broker have");
        return null;
    }

    private Result<ImmutableArray<SignatureAlgorithm>> BindAlgorithms()
    {
        ImmutableArray<SignatureAlgorithm?> algorithms = [.. (written.Algorithms ?? ["RS256"]).Select(SignatureAlgorithm.Find)];
        return algorithms.IsEmpty || algorithms.Contains(null)
            ? Wrong("algorithms", "has one that no token may be signed with, or none", $"choose from {string.Join(", ", SignatureAlgorithm.All)}")
            : algorithms.CastArray<SignatureAlgorithm>();
    }

    private Result<ImmutableArray<ClaimCondition>> BindConditions()
    {
        ImmutableArray<ClaimCondition>.Builder conditions = ImmutableArray.CreateBuilder<ClaimCondition>();
        foreach ((string claim, IReadOnlyList<string> allowed) in written.Conditions ?? new Dictionary<string, IReadOnlyList<string>>())
        {
            if (allowed.Count == 0 || allowed.Contains(""))
                return Wrong($"conditions.{claim}", "allows nothing, or an empty text", "list what the claim may be; * stands for any characters");
            conditions.Add(new ClaimCondition(claim, [.. allowed.Select(pattern => new ClaimPattern(pattern))]));
        }

        return conditions.ToImmutable();
    }

    private Refusal.Invalid Wrong(string field, string what, string fix) => Wrong(written, field, what, fix);
}
