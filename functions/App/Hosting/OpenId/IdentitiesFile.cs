using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using SshFunctions.Core;
using SshFunctions.Core.Callers.OpenId;

namespace SshFunctions.App.Hosting.OpenId;

/// <summary>The file of <c>--identities</c>: whose tokens the broker takes, and for whom. Read once at start.</summary>
internal static class IdentitiesFile
{
    private const int MaximumBytes = 1024 * 1024;
    private const int MaximumDepth = 8;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Strict)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        TypeInfoResolver = IdentitiesJson.Default,
        MaxDepth = MaximumDepth,
    };

    /// <summary>Reads it.</summary>
    /// <param name="path">The file, or the text itself, which begins with a brace; null for no issuer at all.</param>
    /// <returns>The issuers, or what is wrong, with file, issuer and field.</returns>
    public static Result<OpenIdIssuers> Read(string? path)
    {
        if (path is null) return OpenIdIssuers.None;
        if (path.StartsWith('{')) return Bind(Encoding.UTF8.GetBytes(path), "(its text)");
        try
        {
            using FileStream file = File.OpenRead(path);
            if (file.Length > MaximumBytes) return Wrong(path, $"is larger than {MaximumBytes} bytes", "name the issuers' file");
            byte[] bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            return Bind(bytes, path);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return Wrong(path, "can't be read", "check that it exists and that the broker's user may read it");
        }
    }

    private static Result<OpenIdIssuers> Bind(ReadOnlySpan<byte> utf8, string origin) =>
        Bind(utf8).Try(out OpenIdIssuers? issuers, out Refusal? refusal)
            ? issuers
            : Wrong(origin, refusal.Detail.Replace("The body", "the text", StringComparison.Ordinal).TrimEnd('.'), refusal.Fix ?? "the README has examples, under Identities");

    internal static Result<OpenIdIssuers> Bind(ReadOnlySpan<byte> utf8)
    {
        if (!StrictJson.Read<IdentitiesDocument>(utf8, Options).Try(out IdentitiesDocument? document, out Refusal? refusal)) return refusal;
        ImmutableArray<OpenIdIssuer>.Builder issuers = ImmutableArray.CreateBuilder<OpenIdIssuer>();
        foreach (IssuerDocument written in document.Issuers)
        {
            if (!new IssuerBinding(written).Bind().Try(out OpenIdIssuer? issuer, out refusal)) return refusal;
            issuers.Add(issuer);
        }

        ImmutableArray<AppServiceIssuer>.Builder behind = ImmutableArray.CreateBuilder<AppServiceIssuer>();
        foreach (AppServiceDocument written in document.AppService ?? [])
        {
            if (!new AppServiceBinding(written).Bind().Try(out AppServiceIssuer? issuer, out refusal)) return refusal;
            behind.Add(issuer);
        }

        return OpenIdIssuers.Create(issuers.ToImmutable(), behind.ToImmutable());
    }

    private static Refusal.Invalid Wrong(string path, string what, string fix) => new Refusal.Invalid("identities", $"--identities {path}: {what}", fix);
}
