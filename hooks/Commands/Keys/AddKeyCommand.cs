using System.CommandLine;
using SshFunctions.Api;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Display;
using SshFunctions.Hooks.Outside;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.Hooks.Commands.Keys;

/// <summary>Registers a public key.</summary>
internal sealed class AddKeyCommand : SshfnCommand
{
    private readonly Argument<string> _file = new("file") { Description = "A .pub file, or - for standard input" };
    private readonly Option<string?> _name = new("--name") { Description = "What you call it; the key's comment when absent" };
    private readonly Option<string?> _owner = new("--owner") { Description = "A subject, or a group you belong to; you when absent" };
    private readonly Option<string?> _expires = new("--expires") { Description = "A date, or a span such as 90d; never when absent" };

    internal AddKeyCommand()
        : base("add", "Register a public key", "sshfn keys add ~/.ssh/id_ed25519.pub --name laptop --expires 365d")
    {
        Arguments.Add(_file);
        Options.Add(_name);
        Options.Add(_owner);
        Options.Add(_expires);
        Run(AddAsync);
    }

    private async Task<int> AddAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        string line = PublicKeyFile.ReadLine(arguments.GetValue(_file)!);
        if (!SshPublicKey.TryParse(line, out SshPublicKey? key, out string? reason))
            throw new CommandFailedException(ExitCode.Usage, reason, "give a .pub file as ssh-keygen writes it");
        string? name = arguments.GetValue(_name) ?? line.Split(' ', 3).ElementAtOrDefault(2)?.Trim();
        if (string.IsNullOrEmpty(name))
            throw new CommandFailedException(ExitCode.Usage, "the key has no comment to be its name", "add --name laptop");
        DateTimeOffset? expires = arguments.GetValue(_expires) is { } text ? Moment.ParseInstant(text, Clock.Now) : null;
        RegisterKeyRequest request = new(name, key.ToText(), arguments.GetValue(_owner), expires);
        using BrokerClient client = BrokerClient.SignedIn();
        bool isPresent = await IsPresentAsync(client, key, cancellationToken);
        BrokerAnswer answer = await client.PostAsync(Routes.Keys, request, Contract.Json.RegisterKeyRequest, cancellationToken);
        RegisteredKeyResponse added = answer.Read(Contract.Json.RegisteredKeyResponse);
        if (isPresent)
            Terminal.Note($"already registered as {added.Name}");
        return Show(
            arguments,
            answer,
            ("id", added.Id),
            ("owner", added.Owner),
            ("name", added.Name),
            ("fingerprint", added.Fingerprint),
            ("expires", Moment.Text(added.Expires) ?? "never"));
    }

    // The broker answers the same to the first time and the second.
    private static async Task<bool> IsPresentAsync(BrokerClient client, SshPublicKey key, CancellationToken cancellationToken)
    {
        var pages = await client.GetAllAsync(Routes.Keys, Contract.Json.PageRegisteredKeyResponse, int.MaxValue, cancellationToken);
        string fingerprint = key.Fingerprint.ToString();
        return pages.SelectMany(page => page.Read(Contract.Json.PageRegisteredKeyResponse).Items).Any(item => item.Fingerprint == fingerprint);
    }
}
