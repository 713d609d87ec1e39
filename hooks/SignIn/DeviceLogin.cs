using SshFunctions.Api;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.SignIn;

/// <summary>Signs in with a browser on any machine. Source: RFC 8628.</summary>
internal static class DeviceLogin
{
    private const string Grant = "urn:ietf:params:oauth:grant-type:device_code";

    // Source: RFC 8628, 3.5, "slow_down".
    private const int SlowDownSeconds = 5;

    internal static async Task<Credentials> RunAsync(Uri broker, SignInIssuer issuer, CancellationToken cancellationToken)
    {
        try
        {
            OpenIdDiscovery provider = await DiscoverAsync(issuer, cancellationToken);
            Uri tokens = OpenIdHttp.Address(provider.TokenEndpoint, "token endpoint");
            DeviceAuthorization device = await AskAsync(issuer, provider, cancellationToken);
            Tell(device);
            TokenAnswer answer = await PollAsync(issuer, tokens, device, cancellationToken);
            return TokenGrant.ToCredentials(answer, broker, new OpenIdSession
            {
                Issuer = issuer.Issuer,
                ClientId = issuer.ClientId,
                ClientToken = issuer.ClientToken,
                TokenEndpoint = tokens.AbsoluteUri,
                RevocationEndpoint = provider.RevocationEndpoint,
            });
        }
        catch (OperationCanceledException)
        {
            throw new CommandFailedException(ExitCode.Failed, "the sign-in was cancelled");
        }
    }

    private static async Task<OpenIdDiscovery> DiscoverAsync(SignInIssuer issuer, CancellationToken cancellationToken)
    {
        Uri document = OpenIdHttp.Address(issuer.Issuer.TrimEnd('/') + "/.well-known/openid-configuration", "issuer");
        OpenIdDiscovery provider = await OpenIdHttp.GetAsync(document, OpenIdJson.Default.OpenIdDiscovery, cancellationToken);
        // Source: OpenID Connect Discovery 1.0, 4.3.
        return provider.Issuer == issuer.Issuer
            ? provider
            : throw new CommandFailedException(ExitCode.Failed, $"{document} speaks for another issuer than {issuer.Issuer}", "the broker's operator configures the issuer");
    }

    private static async Task<DeviceAuthorization> AskAsync(SignInIssuer issuer, OpenIdDiscovery provider, CancellationToken cancellationToken)
    {
        if (provider.DeviceAuthorizationEndpoint is null)
            throw new CommandFailedException(ExitCode.Failed, $"{issuer.Issuer} offers no sign-in for devices", "sign in with a token: " + SignInHint.Text());
        Uri address = OpenIdHttp.Address(provider.DeviceAuthorizationEndpoint, "device authorization endpoint");
        (int status, DeviceAuthorization? device) = await OpenIdHttp.PostAsync(
            address,
            [new("client_id", issuer.ClientId), new("scope", string.Join(' ', issuer.Scopes))],
            OpenIdJson.Default.DeviceAuthorization,
            cancellationToken);
        return status == 200 && device is { DeviceCode: not null, UserCode: not null, VerificationUri: not null, ExpiresIn: > 0 }
            ? device
            : throw OpenIdHttp.Unexpected(address, status);
    }

    private static void Tell(DeviceAuthorization device)
    {
        Terminal.Note($"open {device.VerificationUri} in a browser on any machine and enter the code {device.UserCode}");
        if (device.VerificationUriComplete is { } complete)
            Terminal.Note($"or open {complete}");
        Terminal.Note($"waiting for you, {device.ExpiresIn / 60} minutes at most");
    }

    private static async Task<TokenAnswer> PollAsync(
        SignInIssuer issuer, Uri tokens, DeviceAuthorization device, CancellationToken cancellationToken)
    {
        KeyValuePair<string, string>[] form =
            [new("grant_type", Grant), new("device_code", device.DeviceCode!), new("client_id", issuer.ClientId)];
        DateTimeOffset end = Clock.Now.AddSeconds(device.ExpiresIn);
        int interval = Math.Clamp(device.Interval, 1, 60);
        while (Clock.Now < end)
        {
            await Task.Delay(TimeSpan.FromSeconds(interval), cancellationToken);
            TokenAnswer? answer = await TryAsync(tokens, form, cancellationToken);
            if (answer is { Error: null })
                return answer;
            // A provider that does not answer is asked less often. Source: RFC 8628, 3.5.
            if (answer?.Error is null or "slow_down")
                interval += SlowDownSeconds;
            // Some providers forget an expired code and then say that there is none.
            else if (answer.Error != "authorization_pending" && Clock.Now < end)
                throw Refused(answer.Error);
        }

        throw Refused("expired_token");
    }

    private static async Task<TokenAnswer?> TryAsync(Uri tokens, KeyValuePair<string, string>[] form, CancellationToken cancellationToken)
    {
        try
        {
            return (await OpenIdHttp.PostAsync(tokens, form, OpenIdJson.Default.TokenAnswer, cancellationToken)).Answer;
        }
        catch (CommandFailedException failure) when (failure.ExitCode == ExitCode.Unavailable)
        {
            return null;
        }
    }

    private static CommandFailedException Refused(string error) => error switch
    {
        "access_denied" => new(ExitCode.NotSignedIn, "the sign-in was refused at the identity provider", "sshfn login"),
        "expired_token" => new(ExitCode.NotSignedIn, "the code expired before anybody entered it", "sshfn login"),
        _ => new(ExitCode.NotSignedIn, $"the identity provider refused: {error}", "the broker's operator configures the issuer"),
    };
}
