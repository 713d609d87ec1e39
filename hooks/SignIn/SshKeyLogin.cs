using System.Text;
using SshFunctions.Api;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Outside;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.Hooks.SignIn;

/// <summary>Signs in with a registered SSH key: the stock ssh-keygen signs a challenge, with the key's file or with the agent.</summary>
internal static class SshKeyLogin
{
    private const int LargestKeyBytes = 64 * 1024;

    internal static async Task<Credentials> RunAsync(Uri broker, string file, Folders folders, CancellationToken cancellationToken)
    {
        SshPublicKey key = ReadKey(file);
        using BrokerClient client = new(broker, null);
        SshKeyChallengeRequest request = new(key.ToText());
        BrokerAnswer asked = await client.PostAsync(Routes.SshKeyChallenges, request, Contract.Json.SshKeyChallengeRequest, cancellationToken);
        string challenge = asked.Read(Contract.Json.SshKeyChallengeResponse).Challenge;
        RequireOwn(challenge, broker, key);
        SshKeySignInRequest signed = new(challenge, Sign(challenge, file, folders));
        BrokerAnswer answer = await client.PostAsync(Routes.SshKeySignIn, signed, Contract.Json.SshKeySignInRequest, cancellationToken);
        CreatedAccessTokenResponse created = answer.Read(Contract.Json.CreatedAccessTokenResponse);
        return new Credentials(broker, AccessTokenText.Parse(created.Token), created.AccessToken.Expires);
    }

    /// <summary>The public half, which stands in the clear in OpenSSH's private key files; for others it lies beside them.</summary>
    private static SshPublicKey ReadKey(string file)
    {
        string text = InputFile.Read(file, LargestKeyBytes);
        if (PrivateKeyText.LooksPrivate(text))
        {
            if (PrivateKeyText.TryGetPublicHalf(text, out SshPublicKey? half))
                return half;
            text = InputFile.Read(file + ".pub", LargestKeyBytes);
        }

        return SshPublicKey.TryParse(text.Trim(), out SshPublicKey? key, out _)
            ? key
            : throw new CommandFailedException(ExitCode.Usage, $"{file} holds no SSH key", "name a key file, or the .pub file of a key in the agent");
    }

    // A broker could hand out another one's challenge, to use the signature there.
    private static void RequireOwn(string challenge, Uri broker, SshPublicKey key)
    {
        string own = broker.AbsoluteUri.TrimEnd('/');
        string[] lines = challenge.Split('\n');
        string? named = lines.Length > 2 && lines[1].StartsWith("broker ", StringComparison.Ordinal) ? lines[1]["broker ".Length..] : null;
        if (named is null || lines[2] != $"key {key.Fingerprint}")
            throw new CommandFailedException(ExitCode.Failed, "the broker's challenge is not one for this key: nothing was signed", "is sshfn as new as the broker?");
        if (named != own)
        {
            throw new CommandFailedException(
                ExitCode.Failed, $"the broker at {own} calls itself {named}: nothing was signed", $"if that is the one you mean: sshfn login --broker {named} --ssh-key FILE");
        }
    }

    private static string Sign(string challenge, string file, Folders folders)
    {
        Ownership.EnsureFolder(folders.State);
        string message = $"{folders.State}/sign-in.{Environment.ProcessId}";
        try
        {
            Files.Write(message, Encoding.UTF8.GetBytes(challenge), Files.Private);
            Files.Delete(message + ".sig");
            Run(file, message);
            return Files.Read(message + ".sig") ?? throw Failed("it wrote no signature");
        }
        finally
        {
            Files.Delete(message);
            Files.Delete(message + ".sig");
        }
    }

    // Of a file and not of standard input, so that ssh-keygen can ask for a passphrase there. With an empty one given it asks nobody.
    private static void Run(string file, string message)
    {
        string[] arguments = ["-q", "-Y", "sign", "-n", SshKeyChallengeResponse.SignatureNamespace, "-f", file, message];
        if (Terminal.CanPrompt)
        {
            int code = Programs.RunHere("ssh-keygen", null, arguments) ?? throw NotInstalled();
            if (code != 0)
                throw Failed($"it ended with code {code}");
            return;
        }

        ProgramResult result = Programs.Run("ssh-keygen", ["-P", "", .. arguments]) ?? throw NotInstalled();
        if (result.ExitCode != 0)
            throw Failed(result.Errors.Trim().ReplaceLineEndings("; "));
    }

    private static CommandFailedException NotInstalled() =>
        new(ExitCode.Failed, "ssh-keygen can't be started", "is OpenSSH installed and in PATH?");

    private static CommandFailedException Failed(string why) => new(
        ExitCode.Failed, $"ssh-keygen did not sign: {why}", "is the key in the agent (ssh-add -l), or its passphrase one that you can type on a terminal?");
}
