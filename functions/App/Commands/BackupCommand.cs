using System.Globalization;
using SshFunctions.Core;
using SshFunctions.Local.Backups;

namespace SshFunctions.App.Commands;

/// <summary><c>sshfn-broker backup --data DIR --to FILE</c>: copies a data directory into one file, also while a broker serves from it.</summary>
internal static class BackupCommand
{
    private const string Usage = "sshfn-broker backup --data DIR --to FILE [--json], or SSHFN_BROKER_DATA in place of --data";
    private const string DataVariable = "SSHFN_BROKER_DATA";

    /// <summary>Makes a backup and tells what is in it.</summary>
    /// <param name="args">What follows the command's name.</param>
    /// <returns>0; 1 when no backup was made; 2 for wrong arguments.</returns>
    public static int Run(string[] args)
    {
        string? data = Environment.GetEnvironmentVariable(DataVariable);
        if (!NamedValues.Read(args, ["data", "to"], Usage, ("data", data)).Try(out NamedValues? values, out Refusal? refusal)) return ErrorText.Write(refusal, ExitCode.Usage);
        if (!BrokerBackup.Make(values["data"], values["to"], TimeProvider.System).Try(out BackupFacts? facts, out refusal)) return ErrorText.Write(refusal, ExitCode.Failure);
        string file = Path.GetFullPath(values["to"]);
        CommandOutput.Write(
            values.Json,
            ("file", file),
            ("made", facts.Made.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)),
            ("documents", facts.DocumentCount),
            ("keys", string.Join(' ', facts.Files)),
            ("bytes", new FileInfo(file).Length));
        foreach (string missing in facts.LeftOut) Console.Error.WriteLine($"sshfn-broker: warning: not in the backup: {missing}");
        foreach (string folder in facts.Leftovers)
            Console.Error.WriteLine($"sshfn-broker: warning: {folder} is of a backup that was killed, or still runs, and may hold the CA keys; remove it if none runs");
        Console.Error.WriteLine("sshfn-broker: hint: whoever reads it has the CA keys, and whoever writes it owns the broker that is restored from it: keep it as you keep those keys");
        Console.Error.WriteLine("sshfn-broker: hint: the files that options of serve name are not in it");
        return ExitCode.Success;
    }
}
