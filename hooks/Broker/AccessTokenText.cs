namespace SshFunctions.Hooks.Broker;

/// <summary>An access token as it was typed or piped.</summary>
internal static class AccessTokenText
{
    private const int LongestToken = 16 * 1024;

    /// <summary>The token without the white space around it; refused when it could break out of a header.</summary>
    internal static string Parse(string text)
    {
        // Windows programs put a mark before UTF-8.
        string token = text.TrimStart('\uFEFF').Trim();
        if (token.Length is 0 or > LongestToken)
            throw new CommandFailedException(ExitCode.Usage, token.Length == 0 ? "the access token is empty" : "the access token is too long", "an access token looks like id.secret");
        if (token.AsSpan().ContainsAnyExceptInRange('!', '~'))
            throw new CommandFailedException(ExitCode.Usage, "the access token holds characters that no token has", "pipe the token alone, on one line");
        int dot = token.IndexOf('.');
        return dot > 0 && dot < token.Length - 1
            ? token
            : throw new CommandFailedException(ExitCode.Usage, "the access token is malformed", "an access token looks like id.secret");
    }
}
