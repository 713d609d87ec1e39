using System.Globalization;
using System.Text.Json;
using Azure;
using Azure.Identity;
using SshFunctions.Core.Ports;

namespace SshFunctions.Azure.KeyVault;

/// <summary>What went wrong with a vault, as the port says it. The vault's own words stay out, but for its error codes: they could quote anything.</summary>
internal static class VaultFaults
{
    private const int LongestText = 300;
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    /// <summary>The vault, or who gives tokens for it, did not answer in time.</summary>
    public static SignerUnavailableException Late(string vault, TimeSpan budget) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{vault} and its token endpoint did not answer within {budget.TotalSeconds:0.#} s"));

    /// <summary>The vault answered otherwise than with 200.</summary>
    public static SignerUnavailableException Of(string vault, Response response, ReadOnlySpan<byte> body, TimeProvider clock)
    {
        string code = CodeIn(body);
        string what = response.Status switch
        {
            401 => "does not take the broker's token",
            403 => "forbids it to the broker, or the key is disabled or out of its time",
            404 => "has no such key, secret or version",
            429 => "is asked too often",
            _ => "failed",
        };
        return new SignerUnavailableException($"{vault} {what}: {response.Status}{code}") { RetryAfter = WaitIn(response, clock), IsMissing = response.Status == 404 };
    }

    /// <summary>A failure below the answer; null for one that is a defect.</summary>
    public static SignerUnavailableException? From(string vault, Exception fault, CancellationToken cancellationToken) => fault switch
    {
        AuthenticationFailedException => new($"there is no token for {vault}: {FirstLine(fault.Message)}"),
        RequestFailedException or HttpRequestException or IOException => new($"{vault} can't be reached: {FirstLine(fault.Message)}"),
        AggregateException all => From(vault, all.InnerExceptions[^1], cancellationToken),
        OperationCanceledException when !cancellationToken.IsCancellationRequested => new($"{vault} did not answer"),
        JsonException or FormatException => new($"{vault} answered what it should not"),
        _ => null,
    };

    // Connection faults and the identity's answer end at the first line; headers and bodies come below it.
    private static string FirstLine(string text)
    {
        int end = text.AsSpan().IndexOfAny('\r', '\n');
        string line = end < 0 ? text : text[..end];
        return line.Length <= LongestText ? line : line[..LongestText];
    }

    //  {"error":{"code":"Forbidden","message":"…","innererror":{"code":"SecretDisabled"}}}
    private static string CodeIn(ReadOnlySpan<byte> body)
    {
        try
        {
            VaultErrorAnswer.Detail? error = JsonSerializer.Deserialize(body, VaultJson.Default.VaultErrorAnswer)?.Error;
            return string.Concat(new[] { error?.Code, error?.Innererror?.Code }.Where(IsCode).Select(code => " " + code));
        }
        catch (JsonException)
        {
            return "";
        }
    }

    private static bool IsCode(string? code) => code is { Length: > 0 and <= 64 } && code.All(char.IsAsciiLetterOrDigit);

    // Source: RFC 9110 section 10.2.3.
    private static TimeSpan? WaitIn(Response response, TimeProvider clock)
    {
        if (!response.Headers.TryGetValue("Retry-After", out string? text)) return null;
        TimeSpan? wait = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds) ? TimeSpan.FromSeconds(seconds)
            : DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset instant) ? instant - clock.GetUtcNow()
            : null;
        return wait is null ? null : TimeSpan.FromTicks(Math.Clamp(wait.Value.Ticks, TimeSpan.TicksPerSecond, LongestWait.Ticks));
    }
}
