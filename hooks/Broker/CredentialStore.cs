using System.Text.Json;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Broker;

/// <summary>The signed-in identity: <c>SSHFN_BROKER</c> and <c>SSHFN_TOKEN</c> when set, else a file of mode 0600.</summary>
internal sealed class CredentialStore(Folders folders)
{
    internal Credentials Require() => Find() ?? throw new CommandFailedException(
        ExitCode.NotSignedIn, "not signed in", SignInHint.Text());

    internal Credentials? Find()
    {
        Credentials? stored = Settings.Broker is not null && Settings.Token is not null ? null : Read();
        Uri? broker = Settings.Broker is { } address ? BrokerAddress.Parse(address) : stored?.Broker;
        // A token stored for one broker is never sent to another one.
        string? token = Settings.Token ?? (Settings.Broker is null || broker == stored?.Broker ? stored?.Token : null);
        if (broker is null || token is null)
            return null;
        return Settings.Token is null
            ? new Credentials(broker, AccessTokenText.Parse(token), stored?.Expires, stored?.Session)
            : new Credentials(broker, AccessTokenText.Parse(token));
    }

    /// <summary>What the file holds, whatever the environment says; null when there is none that can be read.</summary>
    internal Credentials? FindStored()
    {
        try
        {
            return Read();
        }
        catch (CommandFailedException)
        {
            return null;
        }
    }

    internal void Save(Credentials credentials)
    {
        Ownership.EnsureFolder(folders.Config);
        StoredCredentials stored = new()
        {
            Broker = credentials.Broker.AbsoluteUri.TrimEnd('/'),
            Token = credentials.Token,
            Expires = credentials.Expires,
            Session = credentials.Session,
        };
        byte[] content = JsonSerializer.SerializeToUtf8Bytes(stored, StoredCredentialsJson.Default.StoredCredentials);
        Files.Write(folders.Credentials, [.. content, (byte)'\n'], Files.Private);
    }

    internal bool Remove()
    {
        bool existed = Files.Exists(folders.Credentials);
        Files.Delete(folders.Credentials);
        Files.DeleteUnfinished(folders.Credentials);
        return existed;
    }

    private Credentials? Read()
    {
        Ownership.RequireFolder(folders.Config);
        Ownership.RequirePrivateFile(folders.Credentials);
        if (Files.Read(folders.Credentials) is not { } text)
            return null;
        try
        {
            StoredCredentials stored = JsonSerializer.Deserialize(text, StoredCredentialsJson.Default.StoredCredentials)!;
            return new Credentials(BrokerAddress.Parse(stored.Broker), stored.Token, stored.Expires, stored.Session);
        }
        catch (JsonException)
        {
            throw new CommandFailedException(ExitCode.NotSignedIn, $"{folders.Credentials} is damaged", SignInHint.Text());
        }
    }
}
