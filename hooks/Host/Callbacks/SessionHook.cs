using SshFunctions.Api;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Display;
using SshFunctions.Hooks.Host.Sessions;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Host.Callbacks;

/// <summary>PAM's session helper: notes who came and went. sshd runs it in the monitor's child, as root, once for a connection.</summary>
/// <remarks>
/// Opening fails closed: a login that can't be written down is refused, with a text, because nobody could explain or end it later; the
/// console and other services are not asked. Only a single-use certificate needs the broker. Closing never fails.
/// </remarks>
internal static class SessionHook
{
    internal const string Open = "open";
    internal const string Close = "close";

    /// <summary>Runs it.</summary>
    /// <param name="arguments">The folders, then <see cref="Open"/> or <see cref="Close"/>: what the environment says could be an account's doing.</param>
    /// <returns><see cref="ExitCode.Done"/> lets the session begin; anything else does not.</returns>
    internal static int Run(ReadOnlySpan<string> arguments)
    {
        if (HostFolderOptions.Take(ref arguments) is not { } folders || arguments is not [Open or Close])
            return ExitCode.Failed;
        bool opens = arguments[0] == Open;
        int monitor = ProcessTable.Parent;
        try
        {
            return (opens, ProcessTable.StartOf(monitor), Settings.PamUser) switch
            {
                (true, { } started, { } login) => Begin(folders, monitor, started, login),
                (false, { } started, _) => End(folders, monitor, started),
                (false, _, _) => ExitCode.Done,
                _ => ExitCode.Failed,
            };
        }
        catch (Exception error) when (error is CommandFailedException or IOException or UnauthorizedAccessException)
        {
            if (!opens)
                return ExitCode.Done;
            // The agent sees a session without an end and closes it; here the client is told why it can't come in.
            Terminal.Print(Printable.Line($"sshfn: this login is refused: {error.Message}"));
            return ExitCode.Failed;
        }
    }

    private static int Begin(HostFolders folders, int monitor, ulong started, string login)
    {
        SessionCredential credential = SessionCredential.Parse(Settings.SshAuthInfo);
        LiveSession session = Describe(folders, monitor, started, login, credential);
        Write(folders, session);
        try
        {
            if (credential.IsSingleUse)
                Spend(folders, session);
            Spool.Add(folders, session.ToEvent(SessionKind.Opened, session.Opened));
            return ExitCode.Done;
        }
        catch (Exception error) when (error is CommandFailedException or IOException or UnauthorizedAccessException)
        {
            SessionFiles.Remove(folders, session);
            throw;
        }
    }

    private static LiveSession Describe(HostFolders folders, int monitor, ulong started, string login, SessionCredential credential)
    {
        string? connection = Settings.SshConnection;
        RedeemedPasscode? passcode = credential.Method == LiveSession.ByOther && connection is not null
            ? RedeemedPasscode.Take(folders, connection, login) : null;
        return new LiveSession(
            SessionFiles.NewId(monitor, started), monitor, started, Clock.Now, login,
            passcode is null ? credential.Method : LiveSession.ByPasscode,
            connection is null ? null : PasscodeHook.AddressOf(connection),
            credential.Certificate?.ToText(),
            credential.Key?.ToText(),
            passcode?.Serial,
            passcode?.Subject);
    }

    private static void Write(HostFolders folders, LiveSession session)
    {
        try
        {
            SessionFiles.Write(folders, session);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException(ExitCode.Failed, $"it can't be written down: {error.Message}");
        }
    }

    private static void Spend(HostFolders folders, LiveSession session)
    {
        HostSettings settings = HostFiles.ReadSettings(folders);
        CallbackBroker.Ask(
            folders, settings, Route.Of(Routes.SpentCertificates, settings.Host),
            new SpendCertificateRequest(session.Certificate!, session.Login, session.Id),
            Contract.Json.SpendCertificateRequest, Contract.Json.SpentCertificateResponse);
    }

    private static int End(HostFolders folders, int monitor, ulong started)
    {
        if (SessionFiles.Find(folders, monitor, started) is not { EndReason: null } session)
            return ExitCode.Done;
        Spool.Add(folders, session.ToEvent(SessionKind.Closed, Clock.Now));
        SessionFiles.Remove(folders, session);
        return ExitCode.Done;
    }
}
