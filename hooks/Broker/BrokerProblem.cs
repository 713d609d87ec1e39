using System.Text.Json;
using SshFunctions.Api;
using SshFunctions.Hooks.Display;

namespace SshFunctions.Hooks.Broker;

/// <summary>Turns what a broker refused, or a broker that is away, into the text and exit code for it.</summary>
internal static class BrokerProblem
{
    internal static CommandFailedException Refusal(Uri broker, int status, byte[] content)
    {
        // Whatever it holds: a broker sends nobody elsewhere.
        if (status is >= 300 and < 400)
            return new(ExitCode.Failed, $"the broker answered {status}, which leads to another address, and sshfn follows nobody with a token", "is the address the broker's own? sshfn login --broker https://broker.example.com");
        if (Read(content) is not { } problem || (Words(problem.Detail) ?? Words(problem.Title)) is not { } said)
            return new(Code(status), $"the broker answered {status} without saying why", "is the address a broker's?");
        string error = Words(problem.Field) is { } field ? $"{field}: {said}" : said;
        int code = ExitCode.Of(problem.Type);
        // What the broker says of a credential is for who writes HTTP headers.
        if (code == ExitCode.NotSignedIn)
            return new(code, SpeaksOfHttp(error) ? "the broker does not take the access token" : error, SignInHint.Text(broker));
        string? hint = Words(problem.Fix) is { } fix ? fix : code switch
        {
            ExitCode.Unavailable => $"the broker's log has more under {problem.CorrelationId}",
            _ => null,
        };
        return new(code, error, hint);
    }

    internal static CommandFailedException Unreachable(Uri broker, HttpRequestException? error, string who = "the broker")
    {
        string reason = error?.HttpRequestError switch
        {
            null => "it did not answer in time",
            HttpRequestError.NameResolutionError => "its name can't be resolved",
            HttpRequestError.SecureConnectionError => "its TLS certificate is not trusted, or it speaks no TLS",
            HttpRequestError.ConnectionError => "no connection",
            HttpRequestError.ConfigurationLimitExceeded => "its answer is too long",
            _ => "the connection broke",
        };
        string? hint = error?.HttpRequestError is HttpRequestError.SecureConnectionError
            ? "SSHFN_CA_FILE may name a PEM file with the root to trust" : "sshfn doctor";
        return new(ExitCode.Unavailable, $"{who} {broker.GetLeftPart(UriPartial.Authority)} can't be reached: {reason}", hint);
    }

    private static bool SpeaksOfHttp(string text) =>
        text.Contains("header", StringComparison.OrdinalIgnoreCase) || text.Contains("bearer", StringComparison.OrdinalIgnoreCase)
        || text.Contains("request", StringComparison.OrdinalIgnoreCase);

    /// <summary>What a person can read of it; null for nothing, as where a member is absent, empty, or of characters that are not shown.</summary>
    private static string? Words(string? text) => text is null || string.IsNullOrWhiteSpace(Printable.Line(text)) ? null : text;

    private static Problem? Read(byte[] content)
    {
        try
        {
            return JsonSerializer.Deserialize(content, Contract.Json.Problem);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static int Code(int status) => status switch
    {
        400 or 413 => ExitCode.Usage,
        401 => ExitCode.NotSignedIn,
        404 => ExitCode.NotFound,
        409 => ExitCode.Conflict,
        429 => ExitCode.TooMany,
        >= 500 => ExitCode.Unavailable,
        _ => ExitCode.Failed,
    };
}
