using System.CommandLine;
using SshFunctions.Api;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Display;

namespace SshFunctions.Hooks.Commands.Tree;

/// <summary>Creates or replaces a resource.</summary>
internal sealed class PutResourceCommand : SshfnCommand
{
    private readonly Argument<string> _path = new("path") { Description = "Its path, such as acme/production/web" };
    private readonly Option<string[]> _hosts = new("--host") { Description = "A name it is reached under, with :port when that is not 22; may be given again", Required = true };
    private readonly Option<string[]> _logins = new("--login") { Description = "An account that grants may allow; may be given again", Required = true };
    private readonly Option<string?> _profile = new("--profile") { Description = "sshd (when absent), or plain-sshd for a host that only trusts the CA" };
    private readonly Option<string?> _life = new("--max-life") { Description = "Longest life of a certificate, such as 15m", HelpName = "span" };
    private readonly Option<string?> _description = SwitchOption.Description();
    private readonly Option<string?> _switch = SwitchOption.Switch();

    internal PutResourceCommand()
        : base("put", "Create or replace a resource", "sshfn resource put acme/production/web --host web.example.com --login deploy --max-life 15m")
    {
        Arguments.Add(_path);
        foreach (Option option in new Option[] { _hosts, _logins, _profile, _life, _description, _switch })
            Options.Add(option);
        Run(PutAsync);
    }

    private async Task<int> PutAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        string path = TreePath.Resource(arguments.GetValue(_path)!);
        ResourceRequest request = new(
            [.. arguments.GetValue(_hosts)!.Select(HostText.Parse)],
            arguments.GetValue(_logins)!,
            arguments.GetValue(_profile),
            arguments.GetValue(_description),
            arguments.GetValue(_switch),
            arguments.GetValue(_life) is { } life ? (int)Moment.ParseSpan(life).TotalSeconds : null);
        using BrokerClient client = BrokerClient.SignedIn();
        BrokerAnswer answer = await client.PutAsync(path, request, Contract.Json.ResourceRequest, cancellationToken);
        return Show(arguments, answer, TreeRows.Of(answer.Read(Contract.Json.ResourceResponse)));
    }
}
