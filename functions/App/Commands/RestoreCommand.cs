using System.Globalization;
using SshFunctions.App.Hosting.Homes;
using SshFunctions.Core;
using SshFunctions.Core.Rotation;

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
            ("backup made", made.Facts.Made.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)),
            ("documents", made.Facts.DocumentCount),
            ("last segment in backup", made.Store.LastSegment),
            ("first segment from now", made.Store.FirstSegment),
            ("revocation list version", made.Store.RevocationListVersion),
            ("trust bundle version", made.Store.TrustVersion),
            ("trusted user CA", made.TrustedOf(KeyPurpose.UserCa)),
            ("trusted host CA", made.TrustedOf(KeyPurpose.HostCa)),
            ("trusted journal key", made.TrustedOf(KeyPurpose.Journal)));
        foreach (string hint in HintsFor(made)) Console.Error.WriteLine($"sshfn-broker: hint: {hint}");
        return ExitCode.Success;
    }

    private static IEnumerable<string> HintsFor(RestoredDirectory made)
    {
        yield return "segments are the journal's, and a serial is segment times 65536 plus place: those between the two may be of the broker that was lost, and are given to nobody";
        yield return "never serve from the old directory again: two brokers with one CA key would stand for one";
        if (made.Ring is null) yield break;
        yield return "rotations since the backup are undone too, and hosts take the trusted keys above: where one of them was taken out since because it was stolen, rotate "
            + "it again before hosts reach this broker, which serves elsewhere until then (--listen): sshfn ca rotate user-ca --emergency --confirm-cut-off, likewise host-ca and journal";
        yield return "certificates that were minted since the backup are in no journal of this broker, and stay valid until they expire, within minutes, or until the CA is rotated so";
        yield return "what was changed since the backup is as it was then: repeat revocations, removed tokens and grants, closed requests; a journal that was forwarded or exported tells which";
        yield return "passcodes, enrollment tokens and challenges that were open are void; hosts whose token was renewed since must enroll again";
    }
}
