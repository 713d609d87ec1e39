using System.Text.Json.Serialization;

namespace SshFunctions.Hooks.SignIn;

/// <summary>What sshfn reads of a provider's discovery document. Source: OpenID Connect Discovery 1.0, 3; RFC 8628, 4; RFC 8414, 2.</summary>
internal sealed class OpenIdDiscovery
{
    public string? Issuer { get; init; }

    public string? DeviceAuthorizationEndpoint { get; init; }

    public string? TokenEndpoint { get; init; }

    public string? RevocationEndpoint { get; init; }
}

/// <summary>Source: RFC 8628, 3.2.</summary>
internal sealed class DeviceAuthorization
{
    public string? DeviceCode { get; init; }

    public string? UserCode { get; init; }

    public string? VerificationUri { get; init; }

    public string? VerificationUriComplete { get; init; }

    public int ExpiresIn { get; init; }

    public int Interval { get; init; } = 5;
}

/// <summary>An answer of a token endpoint, or its refusal. Source: RFC 6749, 5.1 and 5.2; OpenID Connect Core 1.0, 3.1.3.3.</summary>
internal sealed class TokenAnswer
{
    public string? AccessToken { get; init; }

    public string? IdToken { get; init; }

    public string? RefreshToken { get; init; }

    public int? ExpiresIn { get; init; }

    public string? Error { get; init; }
}

/// <summary>The one claim that a client looks at. Source: RFC 7519, 4.1.4.</summary>
internal sealed class TokenEnd
{
    public double? Exp { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(OpenIdDiscovery))]
[JsonSerializable(typeof(DeviceAuthorization))]
[JsonSerializable(typeof(TokenAnswer))]
[JsonSerializable(typeof(TokenEnd))]
internal sealed partial class OpenIdJson : JsonSerializerContext;
