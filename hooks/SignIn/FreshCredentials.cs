using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Hook;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.SignIn;

/// <summary>Credentials whose token holds for the request at hand: one that is about to end is renewed first, once for all processes.</summary>
internal static class FreshCredentials
{
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(60);

    internal static Credentials Require(Folders folders) => Renewed(folders, new CredentialStore(folders).Require());

    /// <summary>Null when nobody is signed in.</summary>
    internal static Credentials? Find(Folders folders) => new CredentialStore(folders).Find() is { } held ? Renewed(folders, held) : null;

    private static Credentials Renewed(Folders folders, Credentials held) => NeedsRenewal(held) ? Renew(folders) : held;

    private static bool NeedsRenewal(Credentials held) => held.Session?.RefreshToken is not null && held.Expires - Clock.Now < Least;

    private static Credentials Renew(Folders folders)
    {
        CredentialStore store = new(folders);
        DateTimeOffset asked = Clock.Now;
        using FileLock mine = FileLock.Take(folders.CredentialsLock);
        // Whoever held the lock before may have done it, and spent the refresh token that was read first.
        Credentials held = store.Require();
        if (!NeedsRenewal(held))
            return held;
        if (mine.Waited && SharedFailure.Read(folders.CredentialsFailure, since: asked) is { } shared)
            return FallBack(shared, held);
        try
        {
            Credentials renewed = RefreshAsync(held, held.Session!).GetAwaiter().GetResult();
            // Before it is used: a refresh token that is good for one use must not be lost.
            store.Save(renewed);
            return renewed;
        }
        catch (CommandFailedException failure)
        {
            SharedFailure.Write(folders.CredentialsFailure, failure);
            return FallBack(failure, held);
        }
    }

    private static async Task<Credentials> RefreshAsync(Credentials held, OpenIdSession session)
    {
        Uri address = OpenIdHttp.Address(session.TokenEndpoint, "token endpoint");
        KeyValuePair<string, string>[] form =
            [new("grant_type", "refresh_token"), new("refresh_token", session.RefreshToken!), new("client_id", session.ClientId)];
        (int status, TokenAnswer? answer) = await OpenIdHttp.PostAsync(address, form, OpenIdJson.Default.TokenAnswer, CancellationToken.None);
        if (status == 200 && answer is { Error: null })
            return TokenGrant.ToCredentials(answer, held.Broker, session);
        throw status is >= 400 and < 500 && answer?.Error is { } error
            ? new CommandFailedException(ExitCode.NotSignedIn, $"the sign-in at {session.Issuer} has ended: {error}", "sshfn login")
            : OpenIdHttp.Unexpected(address, status);
    }

    /// <summary>A provider that is away is no matter while the token holds.</summary>
    private static Credentials FallBack(CommandFailedException failure, Credentials held) =>
        failure.ExitCode != ExitCode.NotSignedIn && held.Expires > Clock.Now ? held : throw failure;
}
