using SshFunctions.App.Hosting.Settings;

namespace SshFunctions.App.Hosting;

/// <summary>What <c>--help</c> prints, written from the table of settings.</summary>
internal static class HelpText
{
    private const int Column = 56;

    public static void Write(TextWriter output)
    {
        output.WriteLine("sshfn-broker: issues short-lived SSH certificates over HTTP");
        output.WriteLine();
        output.WriteLine("  sshfn-broker serve --data DIR [options]       serve on one machine until SIGTERM or SIGINT");
        output.WriteLine("  sshfn-broker serve --store tables [options]   serve beside other brokers on one Azure storage account");
        output.WriteLine("  sshfn-broker backup --data DIR --to FILE      copy all of DIR into one file, also while a broker serves from it");
        output.WriteLine("  sshfn-broker restore --from FILE --data DIR   make a new DIR of a backup, safe to serve from");
        output.WriteLine("  sshfn-broker admin-token                      print a first admin's token, and its hash for --admin-token-hash");
        output.WriteLine("  sshfn-broker manifest DIR                     write a function.json for each function, for Azure Functions");
        output.WriteLine("  sshfn-broker try-ticket --tickets FILE NAME   show what the mapping of a ticket system makes of a message on standard input");
        output.WriteLine("  sshfn-broker --help | --version");
        output.WriteLine("A backup (mode 0600) holds store and CA keys: whoever reads it can enter every host. Not in it: keys that lie elsewhere, and files that");
        output.WriteLine("options name. After a restore no serial, passcode or other thing that counts once is given or taken twice, and hosts take the lists.");
        output.WriteLine("What the lost broker did since the backup it can't know: certificates of that time stay valid until they expire, within minutes, unless");
        output.WriteLine("the CA is rotated; what was revoked, removed or closed since must be again. Both print one JSON object with --json.");
        output.WriteLine("Beside other brokers: serve --store tables --tables-url URL --azure-identity WHO --user-ca KEY --host-ca KEY --journal-key KEY, with");
        output.WriteLine("the same keys for all of them, one --public-url before them, and --admin-token-hash once.");
        output.WriteLine("Without arguments, started by the Functions host, it serves what that sends; settings come from the environment.");
        output.WriteLine();
        output.WriteLine("Options of serve; each is also an environment variable, as SSHFN_BROKER_LISTEN, and a member of the --config file.");
        output.WriteLine("The command line wins over the environment, which wins over the file.");
        output.WriteLine();
        foreach (Setting setting in BrokerSettings.All)
            output.WriteLine($"{"  --" + setting.Name + (setting.ValueHint is null ? "" : " " + setting.ValueHint),-Column}{setting.Help}");
    }
}
