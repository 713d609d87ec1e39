namespace SshFunctions.Hooks.Hook;

/// <summary>Reads the arguments of an ssh process as far as they say whether it will connect.</summary>
/// <remarks>Source: ssh.c of OpenSSH 9.2 and 10.5, the getopt string; options may follow the host, the command ends them.</remarks>
internal static class SshCommandLine
{
    private const string OptionsWithValue = "BbcDEeFIiJLlmOopPQRSWw";

    /// <summary>Whether it only prints its configuration (-G) or talks to a running master (-O): no certificate is needed.</summary>
    internal static bool ConnectsNowhere(ReadOnlySpan<string> arguments)
    {
        bool hostSeen = false;
        for (int at = 1; at < arguments.Length; at++)
        {
            string word = arguments[at];
            if (word == "--" && !hostSeen)
            {
                // getopt stops here; the next word is the host, and ssh then looks for options again.
                at++;
                hostSeen = true;
            }
            else if (word.Length > 1 && word[0] == '-' && word != "--")
            {
                if (SaysNoConnection(word, out bool takesNextWord))
                    return true;
                at += takesNextWord ? 1 : 0;
            }
            else if (hostSeen)
            {
                return false;
            }
            else
            {
                hostSeen = true;
            }
        }

        return false;
    }

    private static bool SaysNoConnection(string word, out bool takesNextWord)
    {
        takesNextWord = false;
        for (int letter = 1; letter < word.Length; letter++)
        {
            if (word[letter] is 'G' or 'O' or 'Q' or 'V')
                return true;
            if (!OptionsWithValue.Contains(word[letter], StringComparison.Ordinal))
                continue;
            takesNextWord = letter == word.Length - 1;
            return false;
        }

        return false;
    }
}
