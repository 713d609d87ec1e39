using System.Text.RegularExpressions;
using SshFunctions.Architecture.Tests.Product;

namespace SshFunctions.Architecture.Tests.Shape;

/// <summary>Every comparison of a secret takes the same time wherever the two differ.</summary>
public sealed partial class SecretComparisonTests
{
    /// <summary>Where secrets are compared. Passcodes are not among them: they are looked up by a hash over 60 random bits, their login's count of guesses before that.</summary>
    private static readonly string[] Comparing =
        ["functions/Core/Callers/Secret.cs", "functions/Core/Callers/SignInChallenge.cs", "functions/Core/Webhooks/WebhookSignature.cs"];

    /// <summary>Where a secret is taken out of its wrapping: to hand it to its owner, or to hash it.</summary>
    private static readonly string[] Revealing =
    [
        "functions/App/Commands/AdminTokenCommand.cs", "functions/App/Hosting/Homes/SelfHostedBroker.cs", "functions/App/Hosting/Outbound/OtlpTarget.cs",
        "functions/App/Http/Contract/HostContract.cs", "functions/App/Http/Contract/PasscodeContract.cs", "functions/App/Http/Contract/TokenContract.cs",
        "functions/App/Http/MintGitPassword.cs", "functions/Core/Passcodes/PasscodeText.cs",
    ];

    /// <summary>What is called like a secret and is none: the version before a signature, a passcode's serial, a port, a namespace.</summary>
    private static readonly string[] NoSecrets = ["signature.StartsWith(Version", "redeemed.Passcode == serial", "PasscodePort", "signatureNamespace"];

    [Fact]
    public void Secrets_are_compared_in_constant_time_and_nowhere_else() =>
        Assert.Equal(Comparing, FilesWith("FixedTimeEquals("));

    [Fact]
    public void Secrets_are_taken_out_of_their_wrapping_only_to_be_handed_over_or_hashed() =>
        Assert.Equal(Revealing, FilesWith(".Reveal()"));

    [Fact]
    public void No_secret_nor_its_hash_is_compared_by_an_operator()
    {
        var found =
            from file in Sources()
            from line in Repository.ReadLines(file).Select((text, index) => (Text: text, Number: index + 1))
            where ByOperator().IsMatch(line.Text) && !NoSecrets.Any(none => line.Text.Contains(none, StringComparison.Ordinal)) && !line.Text.TrimStart().StartsWith("//", StringComparison.Ordinal)
            select $"{file}:{line.Number}: {line.Text.Trim()}";

        Assert.Empty(found);
    }

    private static string[] FilesWith(string call) =>
        [.. Sources().Where(file => Repository.ReadLines(file).Any(line => line.Contains(call, StringComparison.Ordinal))).Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Sources() => Repository.FilesUnder("functions", ".cs").Concat(Repository.FilesUnder("hooks", ".cs"));

    /// <summary>Something called secret, password, passcode, MAC or signature beside an operator or an Equals, but for the question whether it is there, its length or its kind.</summary>
    [GeneratedRegex(
        """\b\w*(secret|password|passcode|macText|storedHash|secretHash|signature)\w*(\.(Reveal|Hash)\(\))?\s*(==|!=)(?!\s*(null|""|0|default))|(==|!=)\s*\w*(secret|password|storedHash|secretHash)\w*\b(?!\s*[.(])|\w*(secret|password|passcode|storedHash|secretHash|signature)\w*\.(Equals|SequenceEqual|StartsWith|CompareTo)\(""",
        RegexOptions.IgnoreCase)]
    private static partial Regex ByOperator();
}
