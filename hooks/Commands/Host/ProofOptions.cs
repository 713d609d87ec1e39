using System.CommandLine;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Host.Enroll;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Commands.Host;

/// <summary>What lets a machine become a host; never a secret in the arguments.</summary>
internal sealed class ProofOptions
{
    private const int LargestTokenBytes = 16 * 1024;
    private const string Azure = "azure";

    private readonly Option<string?> _tokenFile = new("--token-file") { Description = "A file with the enrollment token alone", HelpName = "path" };
    private readonly Option<bool> _tokenInput = new("--token-stdin") { Description = "The enrollment token is on standard input" };
    private readonly Option<string?> _identity = new("--identity") { Description = "This machine's own identity: azure", HelpName = "cloud" };
    private readonly Option<string?> _audience = new("--identity-audience") { Description = "Whom the identity is shown to; the broker's address when absent", HelpName = "uri" };
    private readonly Option<string> _metadata = new("--metadata-url") { Description = "Where the cloud tells a machine who it is", HelpName = "url", DefaultValueFactory = _ => ManagedIdentity.DefaultAddress };

    internal void AddTo(Command command)
    {
        foreach (Option option in new Option[] { _tokenFile, _tokenInput, _identity, _audience, _metadata })
            command.Options.Add(option);
    }

    internal EnrollmentProof? Read(ParseResult arguments, Uri broker, bool mayBeAbsent)
    {
        string? file = arguments.GetValue(_tokenFile);
        bool input = arguments.GetValue(_tokenInput);
        string? identity = arguments.GetValue(_identity);
        int count = (file is null ? 0 : 1) + (input ? 1 : 0) + (identity is null ? 0 : 1);
        if (count == 0 && mayBeAbsent)
            return null;
        if (count != 1)
        {
            throw new CommandFailedException(
                ExitCode.Usage, count == 0 ? "nothing proves that this machine may become a host" : "--token-file, --token-stdin and --identity exclude each other",
                "--token-file FILE with the token that an admin made: sshfn host token RESOURCE");
        }

        if (identity is not null)
            return OfIdentity(arguments, identity, broker);
        string text = file is null ? Terminal.ReadInput(LargestTokenBytes) : InputFile.Read(file, LargestTokenBytes);
        if (file is not null && InputFile.IsReadableByOthers(file))
            Terminal.Warning($"{file} can be read by others: chmod 600 {file}");
        return EnrollmentProof.OfToken(AccessTokenText.Parse(text));
    }

    private EnrollmentProof OfIdentity(ParseResult arguments, string identity, Uri broker)
    {
        if (identity != Azure)
            throw new CommandFailedException(ExitCode.Usage, $"--identity: {identity} is unknown", "azure, or an enrollment token: --token-file FILE");
        string address = arguments.GetValue(_metadata)!;
        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? metadata) || (metadata.Scheme != Uri.UriSchemeHttp && metadata.Scheme != Uri.UriSchemeHttps))
            throw new CommandFailedException(ExitCode.Usage, $"--metadata-url: {address} is no address", $"for example {ManagedIdentity.DefaultAddress}");
        string audience = arguments.GetValue(_audience) ?? broker.AbsoluteUri.TrimEnd('/');
        return EnrollmentProof.OfIdentity(cancellationToken => ManagedIdentity.FetchAsync(metadata, audience, cancellationToken));
    }
}
