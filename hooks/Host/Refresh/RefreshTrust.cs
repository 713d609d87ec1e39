using SshFunctions.Api;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Host.Refresh;

/// <summary>Fetches the trust bundle, and keeps the file that sshd reads as the bundle in force says.</summary>
/// <remarks>A new journal key is taken from an old one alone: whoever could replace it could sign a KRL without the revocations.</remarks>
internal static class RefreshTrust
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    internal static async Task RunAsync(HostAgent agent, CancellationToken cancellationToken)
    {
        await agent.TrustGate.WaitAsync(cancellationToken);
        try
        {
            KeepFile(agent);
            // Here too, and first: it needs no broker, and the list must be read while the key that signed it is held still.
            agent.RevocationList.Restore();
            SignedTrustBundleResponse answer =
                (await agent.Client.GetAsync(Routes.SignedTrustBundle, cancellationToken)).Read(Contract.Json.SignedTrustBundleResponse);
            Take(agent, SignedTrust.Verify(answer, agent.Trust, out string? problem) ?? throw Refused(agent, problem!));
        }
        finally
        {
            agent.TrustGate.Release();
        }
    }

    /// <summary>The same before a new KRL, which another journal key may have signed; what goes wrong is told by the next ordinary run.</summary>
    internal static async Task TryRunAsync(HostAgent agent, CancellationToken cancellationToken)
    {
        using CancellationTokenSource late = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        late.CancelAfter(Patience);
        try
        {
            await RunAsync(agent, late.Token);
        }
        catch (Exception error) when (error is CommandFailedException or IOException or UnauthorizedAccessException)
        {
            // The KRL is judged by what is held.
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Nor must a broker that hangs delay it.
        }
    }

    private static void Take(HostAgent agent, PinnedTrust next)
    {
        TrustBundleResponse bundle = next.Bundle;
        if (bundle.Version == agent.Trust.Bundle.Version && !IsSame(next, agent.Trust))
            throw Refused(agent, $"its version {bundle.Version} is the one in force, with other keys");
        if (bundle.Version < Math.Max(agent.Trust.Bundle.Version, agent.State.TrustVersion))
            throw Refused(agent, $"its version {bundle.Version} goes back behind {agent.Trust.Bundle.Version}");
        if (bundle.Version > agent.Trust.Bundle.Version)
        {
            Files.Write(agent.Folders.TrustBundle, PinnedTrust.ToFile(bundle), Files.Readable);
            agent.Trust = next;
            WriteKeys(agent);
        }

        string? hostCa = next.ActiveHostCa;
        agent.Update(state => state with
        {
            TrustVersion = bundle.Version,
            HostCa = hostCa,
            HostCaSince = state.HostCa == hostCa ? state.HostCaSince : Clock.Now,
        });
    }

    private static void KeepFile(HostAgent agent)
    {
        if (Files.Read(agent.Folders.UserCaKeys) == agent.Trust.UserCaText)
            return;
        WriteKeys(agent);
        agent.Raise(AlarmKind.Configuration, $"{agent.Folders.UserCaKeys} held other keys than the trust bundle in force, or was missing; it was restored");
    }

    private static void WriteKeys(HostAgent agent) => Files.Write(agent.Folders.UserCaKeys, agent.Trust.UserCaText, Files.Readable);

    private static bool IsSame(PinnedTrust one, PinnedTrust other) =>
        Names(one.UserCas).SetEquals(Names(other.UserCas)) && Names(one.HostCas).SetEquals(Names(other.HostCas)) && Names(one.Journal).SetEquals(Names(other.Journal));

    private static HashSet<string> Names(IEnumerable<Ssh.Keys.SshPublicKey> keys) => [.. keys.Select(key => key.ToText())];

    private static CommandFailedException Refused(HostAgent agent, string why) =>
        agent.Refuse(AlarmKind.TrustBundle, $"the broker's trust bundle was refused: {why}");
}
