namespace SshFunctions.Core.Callers.OpenId;

/// <summary>What a claim may be: a text in which <c>*</c> stands for any run of characters, also none and also <c>/</c>.</summary>
/// <param name="Text">The pattern; case counts.</param>
public readonly record struct ClaimPattern(string Text)
{
    /// <summary>Whether a value fits.</summary>
    /// <param name="value">The claim.</param>
    /// <returns>Whether all of it does.</returns>
    public bool Matches(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        int at = 0;
        int next = 0;
        int star = -1;
        int retry = 0;
        // Only the last star is ever tried again, so the cost is pattern times value at most.
        while (at < value.Length)
        {
            if (next < Text.Length && Text[next] == '*')
            {
                star = next++;
                retry = at;
            }
            else if (next < Text.Length && Text[next] == value[at])
            {
                next++;
                at++;
            }
            else if (star >= 0)
            {
                next = star + 1;
                at = ++retry;
            }
            else
            {
                return false;
            }
        }

        return Text.AsSpan(next).IndexOfAnyExcept('*') < 0;
    }
}
