using System.Globalization;
using SshFunctions.App.Hosting.Homes;
using SshFunctions.Core;

namespace SshFunctions.App.Commands;

/// <summary><c>sshfn-broker restore --from FILE --data DIR</c>: makes a data directory of a backup, safe to serve from.</summary>
internal static class RestoreCommand
{
    private const string Usage = "sshfn-broker restore --from FILE --data DIR [--json]";

    /// <summary>Restores, and tells what the operator has to know.</summary>
    /// <param name="args">What follows the command's name.</param>
    /// <returns>0; 1 when nothing was restored; 2 for wrong arguments.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        if (!NamedValues.Read(args, ["from", "data"], Usage).Try(out NamedValues? values, out Refusal? refusal)) return ErrorText.Write(refusal, ExitCode.Usage);
        if (!(await RestoredDirectory.MakeAsync(values["from"], values["data"], TimeProvider.System, CancellationToken.None)).Try(out RestoredDirectory? made, out refusal))
            return ErrorText.Write(refusal, ExitCode.Failure);
        CommandOutput.Write(
            values.Json,
            ("data", made.Path),
            ("backup", made.Facts.Made.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)),
            ("documents", made.Facts.DocumentCount),
            ("last segment", made.Store.LastSegment),
            ("first segment", made.Store.FirstSegment),
            ("revocation list version", made.Store.RevocationListVersion),
            ("trust version", made.Store.TrustVersion));
        foreach (string hint in Hints) Console.Error.WriteLine($"sshfn-broker: hint: {hint}");
        return ExitCode.Success;
    }

    private static readonly string[] Hints =
    [
        "never serve from the old directory again: two brokers with one CA key would stand for one",
        "certificates that were minted since the backup are in no journal of this broker, and stay valid until they expire, within minutes; to end them now, rotate the CA: sshfn ca rotate user-ca --emergency --confirm-cut-off",
        "what was changed since the backup is as it was then: repeat revocations, removed tokens and grants, closed requests; a journal that was forwarded or exported tells which",
        "passcodes, enrollment tokens and challenges that were open are void; hosts whose token was renewed since must enroll again",
    ];
}
