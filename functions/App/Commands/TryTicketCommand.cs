using System.Collections.Immutable;
using SshFunctions.App.Hosting.Tickets;
using SshFunctions.Core;
using SshFunctions.Core.Tickets;

namespace SshFunctions.App.Commands;

/// <summary><c>sshfn-broker try-ticket --tickets FILE NAME</c>: shows what a mapping makes of a message, and does nothing.</summary>
internal static class TryTicketCommand
{
    /// <summary>Reads the message from standard input and prints a line for each field.</summary>
    /// <param name="args">What follows the command's name.</param>
    /// <param name="message">The message.</param>
    /// <returns>0; 1 when the broker would refuse the message; 2 for wrong arguments or a wrong file.</returns>
    public static int Run(string[] args, Stream message)
    {
        if (args is not ["--tickets", var file, var name])
            return ErrorText.Write(new Refusal.Invalid(null, "try-ticket takes a file and the name of a source", "sshfn-broker try-ticket --tickets FILE NAME < payload.json"), ExitCode.Usage);
        if (!TicketsFile.Read(file).Try(out ImmutableArray<TicketSource> sources, out Refusal? refusal)) return ErrorText.Write(refusal, ExitCode.Usage);
        if (sources.FirstOrDefault(each => each.Name == name) is not { } source)
            return ErrorText.Write(new Refusal.Invalid(null, $"{file} has no source {name}", $"its sources are {string.Join(", ", sources.Select(each => each.Name))}"), ExitCode.Usage);
        using var body = new MemoryStream();
        message.CopyTo(body);
        if (!TicketIntake.Try(source, body.ToArray()).Try(out TicketFields? fields, out refusal)) return ErrorText.Write(refusal, ExitCode.Failure);
        foreach ((string field, string? value) in MembersOf(fields)) Console.Out.WriteLine($"{field,-12}{value ?? "-"}");
        return ExitCode.Success;
    }

    private static IEnumerable<(string Field, string? Value)> MembersOf(TicketFields fields) =>
    [
        ("event", fields.Event),
        ("reference", fields.Reference),
        ("url", fields.Url),
        ("requester", fields.Requester),
        ("path", fields.Path),
        ("role", fields.Role),
        ("logins", fields.Logins),
        ("sftpFolder", fields.SftpFolder),
        ("permissions", fields.Permissions),
        ("duration", fields.Duration),
        ("reason", fields.Reason),
        ("publicKey", fields.PublicKey),
    ];
}
