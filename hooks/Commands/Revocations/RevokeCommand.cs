using System.CommandLine;
using SshFunctions.Api;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Commands.Keys;
using SshFunctions.Hooks.Display;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Commands.Revocations;

/// <summary>Ends access that was given: by serial, certificate, key, subject, grant, host or CA.</summary>
internal sealed class RevokeCommand : SshfnCommand
{
    private readonly Option<string> _reason = new("--reason") { Description = "Why; kept in the journal", Required = true };
    private readonly Option<ulong?> _serial = new("--serial") { Description = "One certificate by its serial" };
    private readonly Option<string?> _certificate = new("--certificate") { Description = "One certificate by its file", HelpName = "file" };
    private readonly Option<string?> _key = new("--key") { Description = "Every certificate on a key: a .pub file, or its SHA256: fingerprint", HelpName = "file|fingerprint" };
    private readonly Option<string?> _subject = new("--subject") { Description = "Everything of a subject, and every further mint" };
    private readonly Option<string?> _grant = new("--grant") { Description = "Everything minted under a grant, and the grant" };
    private readonly Option<string?> _host = new("--host") { Description = "An enrolled host: its tokens, keys and certificates, and its enrollment", HelpName = "id" };
    private readonly Option<string?> _ca = new("--ca") { Description = "Everything that a CA key ever signed; never one of the broker's own", HelpName = "fingerprint" };

    internal RevokeCommand()
        : base("revoke", "Revoke certificates", "sshfn revoke --serial 65537 --reason 'laptop lost'\nsshfn revoke --subject bob@example.com --reason 'left the company'")
    {
        foreach (Option option in new Option[] { _reason, _serial, _certificate, _key, _subject, _grant, _host, _ca })
            Options.Add(option);
        Run(RevokeAsync);
    }

    private async Task<int> RevokeAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        RevokeAccessRequest request = new(
            arguments.GetValue(_reason)!,
            arguments.GetValue(_serial),
            arguments.GetValue(_certificate) is { } file ? PublicKeyFile.ReadLine(file) : null,
            arguments.GetValue(_key) is { } key ? KeyText(key) : null,
            arguments.GetValue(_subject),
            arguments.GetValue(_grant),
            arguments.GetValue(_host),
            arguments.GetValue(_ca));
        object?[] targets = [request.Serial, request.Certificate, request.Key, request.Subject, request.Grant, request.Host, request.Ca];
        if (targets.Count(target => target is not null) != 1)
            throw new CommandFailedException(ExitCode.Usage, "revoke takes exactly one target", "one of --serial, --certificate, --key, --subject, --grant, --host, --ca");
        using BrokerClient client = BrokerClient.SignedIn();
        BrokerAnswer answer = await client.PostAsync(Routes.Revocations, request, Contract.Json.RevokeAccessRequest, cancellationToken);
        RevokedResponse revoked = answer.Read(Contract.Json.RevokedResponse);
        Show(
            arguments,
            answer,
            ("revoked", revoked.Revocations.Count == 0 ? "no live certificate" : string.Join(' ', revoked.Revocations.Select(revocation => revocation.Id))),
            ("krl version", $"{revoked.KrlVersion}"));
        if (request.Grant is { } grant && !WantsJson(arguments))
            Terminal.Print($"removed grant {Printable.Line(grant)}");
        if (request.Host is { } host && !WantsJson(arguments))
            Terminal.Print($"removed host {Printable.Line(host)}");
        return ExitCode.Done;
    }

    private static string KeyText(string text) =>
        text.StartsWith("SHA256:", StringComparison.Ordinal) && !Files.Exists(text) ? text : PublicKeyFile.ReadLine(text);
}
