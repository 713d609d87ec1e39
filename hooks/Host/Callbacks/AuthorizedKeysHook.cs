using SshFunctions.Api;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Outside;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.Hooks.Host.Callbacks;

/// <summary>sshd's AuthorizedKeysCommand: whether a registered key may enter as a login now, and with what limits.</summary>
/// <remarks>
/// sshd runs it twice for a login, the first time before the client has proved anything: it changes nothing but what is remembered here for seconds. While the broker is away the
/// signed list counts, for as long as the host was told that it does; a broker that answers, whatever it answers, is not away.
/// </remarks>
internal static class AuthorizedKeysHook
{
    private const string CertificateSuffix = "-cert-v01@openssh.com";

    /// <summary>Runs it.</summary>
    /// <param name="arguments">The folders, then <c>%u %t %k</c>.</param>
    /// <returns><see cref="ExitCode.Done"/> when the question was answered, also with nothing; else <see cref="ExitCode.Failed"/>.</returns>
    internal static int Run(ReadOnlySpan<string> arguments)
    {
        if (HostFolderOptions.Take(ref arguments) is not { } folders || arguments is not [var login, var type, var blob])
            return ExitCode.Failed;
        // sshd asks about certificates too, for lines that name a CA; we have none.
        if (type.EndsWith(CertificateSuffix, StringComparison.Ordinal))
            return ExitCode.Done;
        if (!AcceptedPrincipals.IsLogin(login) || !SshPublicKey.TryParse($"{type} {blob}", out SshPublicKey? key, out _))
            return ExitCode.Failed;
        try
        {
            HostSettings settings = HostFiles.ReadSettings(folders);
            foreach (AuthorizedKey found in Find(folders, settings, login, key))
            {
                if (AuthorizedKeyLine.Of(found, login, key, Clock.Now) is { } line)
                    Terminal.Raw(line + "\n");
            }

            return ExitCode.Done;
        }
        catch (Exception error) when (error is CommandFailedException or IOException or UnauthorizedAccessException)
        {
            return ExitCode.Failed;
        }
    }

    private static AuthorizedKey[] Find(HostFolders folders, HostSettings settings, string login, SshPublicKey key)
    {
        if (!KnownAbsence.Holds(folders))
        {
            try
            {
                return [Ask(folders, settings, login, key)];
            }
            catch (CommandFailedException failure) when (CallbackBroker.IsAway(failure))
            {
                KnownAbsence.Note(folders);
            }
            catch (CommandFailedException)
            {
                // Not remembered: a key that is registered or granted counts at the next login. The broker keeps strangers' offers apart.
                return [];
            }
        }

        return Held(folders, settings, login, key);
    }

    internal static AuthorizedKey Ask(HostFolders folders, HostSettings settings, string login, SshPublicKey key) => CallbackBroker.Ask(
        folders, settings, Routes.AuthorizeKey, new AuthorizeKeyRequest(login, key.ToText()), Contract.Json.AuthorizeKeyRequest, Contract.Json.AuthorizedKey);

    private static AuthorizedKey[] Held(HostFolders folders, HostSettings settings, string login, SshPublicKey key)
    {
        if (settings.OfflineKeysForSeconds == 0 || SignedKeys.Read(folders, settings, PinnedTrust.Read(folders)) is not { } document)
            return [];
        TimeSpan age = Clock.Now - document.Issued;
        // A list from the future would count for longer than it was given for.
        if (age >= TimeSpan.FromSeconds(settings.OfflineKeysForSeconds) || age < -OfflineKeys.ClockSlack)
            return [];
        string text = key.ToText();
        return [.. document.Keys.Where(one => one.Login == login && one.PublicKey == text)];
    }
}
