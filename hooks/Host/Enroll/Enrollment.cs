using SshFunctions.Api;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Host.Refresh;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Host.Enroll;

/// <summary>Makes this machine a host of a broker; all of it, or nothing.</summary>
/// <remarks>
/// The configuration on disk is whole at every instant: files that sshd will read are there before anything names them, what sshd shall
/// obey is judged by sshd itself beforehand in another place, and each file is replaced by a rename. What it replaces is copied and
/// written down first, so that a next run, or unenroll, undoes what a killed one left.
/// </remarks>
internal sealed class Enrollment(EnrollOptions options, UndoStore store)
{
    /// <summary>Stands for the host's resource until the broker has said which it is.</summary>
    internal const string AnyResource = "project/environment/resource";

    private HostFolders Folders => options.Folders;

    /// <summary>Plans and lets sshd judge the plan; changes nothing.</summary>
    internal HostPlan Rehearse()
    {
        UndoRecord? record = store.Find();
        HostPlanner planner = new(options, store, record);
        HostPlan plan = planner.Make(AnyResource);
        planner.Judge(plan);
        return plan;
    }

    /// <summary>Enrolls, or sets an enrolled host up anew.</summary>
    /// <param name="broker">Whose host it becomes.</param>
    /// <param name="proof">Used up only after everything on this machine was found in order; null where the host has its own token.</param>
    /// <param name="cancellationToken">Ends the wait for the broker.</param>
    internal async Task<Enrolled> RunAsync(Uri broker, EnrollmentProof? proof, CancellationToken cancellationToken)
    {
        HostFolderContent.RequireOurs(Folders);
        UndoRecord? record = Repaired(store.Find());
        HostPlanner planner = new(options, store, record);
        HostIdentity? before = HostIdentity.Find(Folders, broker);
        HostPlan draft = planner.Make(before?.Resource ?? AnyResource);
        planner.Judge(draft);
        await using EnrollmentUndo undo = new(store, Folders, broker, record);
        SystemFolder.Create(Folders.Folder);
        FetchedTrust? trust = record is null ? await FetchTrustAsync(broker, cancellationToken) : null;
        string? elsewhere = record is not null && before is null ? HostFiles.ReadSettings(Folders).Broker : null;
        if (elsewhere is not null)
            await RequireSameTrustAsync(broker, elsewhere, cancellationToken);
        HostIdentity identity = await IdentifyAsync(broker, proof, before, elsewhere, draft, cancellationToken);
        if (identity != before || record is null)
            undo.Made = identity;
        if (identity != before)
            Keep(broker, identity, draft, trust);
        using (BrokerClient client = new(broker, identity.Token))
            await HostCertificates.FetchAsync(client, Folders, draft.Keys, cancellationToken);
        HostPlan plan = planner.Make(identity.Resource);
        planner.Judge(plan);
        HostSettings settings = SettingsOf(broker, identity, plan);
        HostFiles.WriteSettings(Folders, settings);
        ConfigJudge judge = new(options.Sshd, options.Paths);
        string said = undo.Apply(
            Template(plan), plan.Changes, options.Passcodes ? plan.PamService : null, () => judge.Require(options.Paths.SshdConfig, plan.DropIn));
        await FirstReport.SendAsync(broker, Folders, settings, cancellationToken);
        return new Enrolled(settings, [.. plan.Changes.Where(change => change.IsChange)], said);
    }

    // Half of an enrollment is undone before anything else; a whole one is left alone unless it is to be done again.
    private UndoRecord? Repaired(UndoRecord? record)
    {
        if (record is null)
            return null;
        if (record.IsComplete && !options.Again)
        {
            HostSettings settings = HostFiles.ReadSettings(Folders);
            throw new CommandFailedException(
                ExitCode.Conflict, $"this machine is host {settings.Host} of {settings.Broker} already: {settings.Resource}",
                "--again writes its files anew with other options; sshfn host unenroll ends it");
        }

        Restoration restoration = new(store, record);
        restoration.RequireOurs();
        if (record.IsComplete)
            return record;
        restoration.Run();
        Terminal.Note("an enrollment that did not come to its end has been undone");
        return null;
    }

    private async Task<FetchedTrust> FetchTrustAsync(Uri broker, CancellationToken cancellationToken)
    {
        using BrokerClient client = new(broker, token: null);
        FetchedTrust trust = await FetchedTrust.FetchAsync(client, cancellationToken);
        trust.Write(Folders);
        return trust;
    }

    /// <summary>The same broker under another address, such as a restored one, has keys that this host trusts; another one's it would refuse for ever, and follow nobody's revocations.</summary>
    private async Task RequireSameTrustAsync(Uri broker, string elsewhere, CancellationToken cancellationToken)
    {
        using BrokerClient client = new(broker, token: null);
        SignedTrustBundleResponse answer = (await client.GetAsync(Routes.SignedTrustBundle, cancellationToken)).Read(Contract.Json.SignedTrustBundleResponse);
        if (SignedTrust.Verify(answer, PinnedTrust.Read(Folders), out string? problem) is null)
        {
            throw new CommandFailedException(
                ExitCode.Conflict, $"this machine is a host of {elsewhere}, and {broker.GetLeftPart(UriPartial.Authority)} is another broker: its trust bundle was refused: {problem}",
                "sshfn host unenroll, and then enroll it there");
        }
    }

    private static async Task<HostIdentity> IdentifyAsync(
        Uri broker, EnrollmentProof? proof, HostIdentity? before, string? elsewhere, HostPlan plan, CancellationToken cancellationToken)
    {
        if (before is not null && await IsInForceAsync(broker, before, cancellationToken))
            return before;
        if (proof is not null)
            return await HostIdentity.EnrollAsync(broker, proof, plan, cancellationToken);
        string problem = before is not null ? "the broker does not take this host's token any more"
            : elsewhere is not null ? $"this machine is a host of {elsewhere}, whose token is shown to no other address"
            : "this machine is no host of that broker yet";
        throw new CommandFailedException(ExitCode.NotSignedIn, problem, "give an enrollment token: --token-file FILE");
    }

    private static async Task<bool> IsInForceAsync(Uri broker, HostIdentity identity, CancellationToken cancellationToken)
    {
        try
        {
            using BrokerClient client = new(broker, identity.Token);
            await client.GetAsync(Routes.Me, cancellationToken);
            return true;
        }
        catch (CommandFailedException failure) when (failure.ExitCode is ExitCode.NotSignedIn or ExitCode.Failed)
        {
            return false;
        }
    }

    // At once: from here on only these files know the token.
    private void Keep(Uri broker, HostIdentity identity, HostPlan draft, FetchedTrust? trust)
    {
        HostFiles.WriteToken(Folders, identity.Token);
        AgentState? before = HostFiles.ReadState(Folders);
        AgentState state = new(
            Clock.Now, identity.TokenExpires ?? Clock.Now,
            trust?.Trust.Bundle.Version ?? before?.TrustVersion ?? 0, (long?)trust?.Revoked.List.Version ?? before?.RevocationListVersion ?? 0,
            RevocationListChecked: trust is null ? before?.RevocationListChecked : Clock.Now, Host: identity.Host);
        HostFiles.WriteState(Folders, state);
        HostFiles.WriteSettings(Folders, SettingsOf(broker, identity, draft));
    }

    private HostSettings SettingsOf(Uri broker, HostIdentity identity, HostPlan plan) => new(
        broker.AbsoluteUri.TrimEnd('/'), identity.Host, identity.Resource, identity.Instance,
        options.Sshd.Program, options.Paths.SshdConfig, [.. plan.Keys.Select(key => key.Path)],
        plan.PidFile, plan.PamService, options.CaFile,
        options.Passcodes, options.RegisteredKeys, options.Sessions, (int)options.OfflineKeysFor.TotalSeconds, options.Reload,
        options.PasscodePort);

    private UndoRecord Template(HostPlan plan) => new(
        IsComplete: false, options.Sshd.Program, options.Paths.SshdConfig, options.Reload, plan.PidFile,
        SystemFolder.Exists(options.Paths.DropInFolder) ? store.Find()?.CreatedFolder : options.Paths.DropInFolder, []);
}
