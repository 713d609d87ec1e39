using System.Buffers;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using SshFunctions.Api;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Host.Sessions;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Host.Callbacks;

/// <summary>PAM's question at a password prompt: is what was typed a passcode that may enter here, now, once?</summary>
/// <remarks>
/// Only what can be a passcode leaves the machine: sshd's fake password of an unknown account holds control characters, and somebody's
/// real password is not the broker's to see, as far as it can be told. Source: pam_exec(8); auth-pam.c, "fake password".
/// </remarks>
internal static class PasscodeHook
{
    // pam_exec cuts what was typed there.
    private const int LongestInputBytes = 511;
    private const int LongestPasscode = 64;
    private const string Away = "passcodes can't be checked now: the broker is away";

    private static readonly SearchValues<char> PasscodeCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 -");

    /// <summary>Runs it.</summary>
    /// <param name="arguments">The folders.</param>
    /// <returns><see cref="ExitCode.Done"/> lets in; anything else does not.</returns>
    internal static int Run(ReadOnlySpan<string> arguments)
    {
        if (HostFolderOptions.Take(ref arguments) is not { } folders || !arguments.IsEmpty)
            return ExitCode.Failed;
        try
        {
            if (Settings.PamUser is not { } login || !AcceptedPrincipals.IsLogin(login) || Settings.SshConnection is not { } connection
                || ReadPasscode() is not { } passcode)
                return ExitCode.Failed;
            Redeem(folders, connection, login, passcode);
            return ExitCode.Done;
        }
        catch (CommandFailedException failure)
        {
            // Standard output is what PAM may show to the client; a refusal shows nothing, as a wrong password does.
            if (CallbackBroker.IsAway(failure))
                Terminal.Print(Away);
            return ExitCode.Failed;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return ExitCode.Failed;
        }
    }

    private static void Redeem(HostFolders folders, string connection, string login, string passcode)
    {
        HostSettings settings = HostFiles.ReadSettings(folders);
        // Before it is spent: a passcode that opens a session nobody could explain would be lost for nothing.
        RedeemedPasscode.RequireRoom(folders);
        RedeemedPasscodeResponse answer = CallbackBroker.Ask(
            folders, settings, Routes.PasscodeRedemptions, new RedeemPasscodeRequest(passcode, login, AddressOf(connection)),
            Contract.Json.RedeemPasscodeRequest, Contract.Json.RedeemedPasscodeResponse);
        if (answer.Login != login)
            throw new CommandFailedException(ExitCode.Failed, "the passcode is for another login");
        RedeemedPasscode.Write(folders, connection, new(answer.Serial, answer.Subject, login));
    }

    /// <summary>What was typed, when it can be a passcode; else null.</summary>
    private static string? ReadPasscode()
    {
        byte[] typed = new byte[LongestInputBytes + 1];
        using Stream input = Terminal.InputBytes;
        int length = input.ReadAtLeast(typed, typed.Length, throwOnEndOfStream: false);
        // Some PAM stacks end it with a NUL or a line break.
        ReadOnlySpan<byte> text = typed.AsSpan(0, length).TrimEnd("\0\n"u8);
        string? passcode = length <= LongestInputBytes && Encoding.Latin1.GetString(text) is { Length: > 0 and <= LongestPasscode } read
            && !read.AsSpan().ContainsAnyExcept(PasscodeCharacters) ? read : null;
        CryptographicOperations.ZeroMemory(typed);
        return passcode;
    }

    /// <summary>The client's address in SSH_CONNECTION; null when it holds none.</summary>
    internal static string? AddressOf(string connection) =>
        IPAddress.TryParse(connection.Split(' ')[0].Split('%')[0], out IPAddress? address) ? address.ToString() : null;
}
