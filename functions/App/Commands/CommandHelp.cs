namespace SshFunctions.App.Commands;

/// <summary>What a command is told by <c>--help</c>.</summary>
/// <param name="Name">Of the command.</param>
/// <param name="Usages">How it is written, and what for: a line each.</param>
/// <param name="Text">What else there is to know, as lines.</param>
internal sealed record CommandHelp(string Name, (string Usage, string Purpose)[] Usages, params string[] Text)
{
    public static readonly CommandHelp[] All =
    [
        new(
            "serve",
            [
                ("serve --data DIR [options]", "serve on one machine until SIGTERM or SIGINT"),
                ("serve --store tables [options]", "serve beside other brokers on one Azure storage account"),
            ],
            "Beside other brokers: serve --store tables --tables-url URL --azure-identity WHO --user-ca KEY --host-ca KEY --journal-key KEY, with",
            "the same keys for all of them, one --public-url before them, and --admin-token-hash once.",
            "Without arguments, started by the Functions host, it serves what that sends; settings come from the environment."),
        new(
            "backup",
            [("backup --data DIR --to FILE", "copy all of DIR into one file, also while a broker serves from it")],
            "SSHFN_BROKER_DATA stands in for --data. FILE must not be there yet; its mode is 0600: it holds store and CA keys, and whoever reads it can",
            "enter every host. Not in it: keys that lie elsewhere, and files that options of serve name. --json prints one JSON object."),
        new(
            "restore",
            [("restore --from FILE --data DIR", "make a new DIR of a backup, safe to serve from")],
            "DIR must not be there yet, or be empty. After a restore no serial, passcode or other thing that counts once is given or taken twice, and",
            "hosts take the lists. What the lost broker did since the backup it can't know: certificates of that time stay valid until they expire,",
            "within minutes, unless the CA is rotated; what was revoked, removed or closed since must be again. --json prints one JSON object."),
        new(
            "admin-token",
            [("admin-token", "print a first admin's token, and its hash for --admin-token-hash")],
            "The broker is started with the hash alone; the token signs in within a day of that start."),
        new(
            "manifest",
            [("manifest DIR", "write a function.json for each function, for Azure Functions")],
            "Run again it writes what changed and takes away what is no function any more; a function's folder that holds something else is refused."),
        new(
            "try-ticket",
            [("try-ticket --tickets FILE NAME", "show what the mapping of a ticket system makes of a message on standard input")],
            "FILE is that of serve --tickets, NAME a source in it. A rule's \"from\" is a text with JSON pointers in braces, as",
            "https://help.example.com/{/issue/key}; {/a|/b} takes the first that leads somewhere; \"values\" and \"default\" say what stands for",
            "that text. Each field of the request is printed, or why the broker would refuse the message but for the rules of the path. Nothing is",
            "opened and nothing sent."),
    ];
}
