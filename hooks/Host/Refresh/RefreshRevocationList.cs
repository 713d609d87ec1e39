using SshFunctions.Api;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Host.Refresh;

/// <summary>Fetches the KRL and its signature, and puts into force what is signed and does not go back.</summary>
/// <remarks>
/// The same version with other content is taken when its signature holds: instances of a broker build one version each for themselves, with
/// another time in it. A version says what is revoked, so that lets nobody back in.
/// </remarks>
internal static class RefreshRevocationList
{
    private const int MostAttempts = 5;

    /// <summary>Asks once.</summary>
    /// <returns>Whether another list is in force now.</returns>
    internal static async Task<bool> RunAsync(HostAgent agent, CancellationToken cancellationToken)
    {
        agent.RevocationList.Restore();
        return await TakeAsync(agent, await AskAsync(agent, agent.Client, Routes.RevocationList, cancellationToken), cancellationToken);
    }

    /// <summary>Asks, and lets the broker hold back the answer until the list changes.</summary>
    internal static Task<TaggedAnswer> WaitAsync(HostAgent agent, CancellationToken cancellationToken) =>
        AskAsync(agent, agent.Waiting, Route.Query(Routes.RevocationList, ("wait", "45")), cancellationToken);

    /// <summary>Puts an answer into force, with the signature that belongs to it.</summary>
    internal static async Task<bool> TakeAsync(HostAgent agent, TaggedAnswer answer, CancellationToken cancellationToken)
    {
        for (int attempt = 1; answer.Content is { } list; attempt++)
        {
            if (answer.Signature is { } together)
                return Install(agent, answer.Tag, list, HeldRevocationList.DecodeSignature(together));
            // A broker of before they came together: two requests, and the list may change in between.
            TaggedAnswer signature = await SignatureAsync(agent, cancellationToken);
            if (signature.Tag is not null && signature.Tag == answer.Tag)
                return Install(agent, answer.Tag, list, signature.Content!);
            if (attempt == MostAttempts)
                throw agent.Refuse(AlarmKind.RevocationList, "the broker's revocation list was refused: list and signature never belonged to each other");
            answer = await AskAsync(agent, agent.Client, Routes.RevocationList, cancellationToken);
        }

        agent.Update(state => state with { RevocationListChecked = Clock.Now });
        return false;
    }

    private static Task<TaggedAnswer> AskAsync(HostAgent agent, BrokerClient client, string path, CancellationToken cancellationToken) =>
        client.GetIfChangedAsync(path, agent.RevocationList.Held is null ? null : agent.State.RevocationListTag, cancellationToken);

    private static async Task<TaggedAnswer> SignatureAsync(HostAgent agent, CancellationToken cancellationToken)
    {
        try
        {
            return await agent.Client.GetIfChangedAsync(Routes.RevocationListSignature, null, cancellationToken);
        }
        catch (CommandFailedException failure) when (failure.ExitCode == ExitCode.NotFound)
        {
            throw agent.Refuse(AlarmKind.RevocationList, "the broker's revocation list was refused: it is not signed");
        }
    }

    private static bool Install(HostAgent agent, string? tag, byte[] content, byte[] signature)
    {
        long floor = agent.State.RevocationListVersion;
        if (HeldRevocationList.Verify(content, signature, agent.Trust, floor, out string? problem) is not { } list)
            throw agent.Refuse(AlarmKind.RevocationList, $"the broker's revocation list was refused: {problem}");
        bool isNew = agent.RevocationList.Held is not { } held || !held.Content.AsSpan().SequenceEqual(list.Content);
        if (isNew)
            agent.RevocationList.Install(list);
        agent.Update(state => state with
        {
            RevocationListVersion = (long)list.List.Version,
            RevocationListTag = tag,
            RevocationListChecked = Clock.Now,
        });
        return isNew;
    }
}
