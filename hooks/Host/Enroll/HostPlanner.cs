using System.Globalization;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Host.Enroll;

/// <summary>Looks at this machine and plans; changes nothing, and refuses what can't work before a token is spent on it.</summary>
internal sealed class HostPlanner(EnrollOptions options, UndoStore store, UndoRecord? earlier)
{
    private static readonly string[] ModuleFolders = ["/lib/security", "/lib64/security", "/usr/lib/security", "/usr/lib64/security"];

    // Where libpam looks for what a service includes, in its order.
    private static readonly string[] PamFolders = ["/etc/pam.d", "/usr/lib/pam.d"];

    private SystemPaths Paths => options.Paths;

    /// <summary>Makes the plan.</summary>
    /// <param name="resource">What the host is.</param>
    internal HostPlan Make(string resource)
    {
        OpenSshVersion version = options.Sshd.ReadVersion();
        if (SystemFolder.UnsafeStep(options.Program) is { } unsafeStep)
            throw new CommandFailedException(ExitCode.Failed, $"sshd would not run {options.Program}: {unsafeStep}", "install sshfn where root alone writes, such as /usr/local/bin");
        string main = SystemChange.Text(store.OriginalOf(earlier, Paths.SshdConfig))
            ?? throw new CommandFailedException(ExitCode.Failed, $"{Paths.SshdConfig} does not exist", "--sshd-config names it");
        EffectiveConfig before = ReadBefore(main);
        ConfigLine[] lines = [.. ConfigLines.Read(Paths.SshdConfig, without: Paths.DropIn)];
        IReadOnlyList<HostKeyFile> keys = HostKeyFile.Read(before, options.Folders);
        DropIn dropIn = new(version, options.Program, options.Folders, resource)
        {
            Sessions = options.Sessions,
            RegisteredKeys = options.RegisteredKeys,
            Passcodes = options.Passcodes,
            PasscodePort = options.PasscodePort,
            NamesStandardPort = !lines.Any(line => line.Is("Port")),
            HostCertificates = [.. keys.Select(key => options.Folders.CertificateOf(key.Path))],
        };
        Conflicts.Find(before, lines, dropIn).Require(options.Replace);
        string included = MainConfig.Including(main, Paths.DropIn);
        string? pam = options.NeedsPam ? Paths.PamServiceFor(version) : null;
        return new HostPlan(dropIn, included, Changes(dropIn, included, pam), keys, pam, before.Find("pidfile"));
    }

    /// <summary>Lets sshd judge the plan where it hurts nobody.</summary>
    internal void Judge(HostPlan plan)
    {
        using ConfigStage stage = new();
        new ConfigJudge(options.Sshd, Paths).Require(stage.Prepare(Paths, plan.Main, plan.DropIn.Render()), plan.DropIn);
    }

    private EffectiveConfig ReadBefore(string main)
    {
        using ConfigStage stage = new();
        string config = stage.Prepare(Paths, main, dropIn: null);
        if (options.Sshd.Complaint(config) is { } complaint)
            throw new CommandFailedException(ExitCode.Failed, $"sshd does not take its configuration as it is: {complaint}", $"{options.Sshd.Program} -t -f {Paths.SshdConfig}");
        return options.Sshd.ReadEffective(config);
    }

    private List<SystemChange> Changes(DropIn dropIn, string main, string? pam)
    {
        List<SystemChange> changes = [];
        if (pam is not null)
            changes.Add(SystemChange.To(pam, store.OriginalOf(earlier, pam), PamText(dropIn)));
        changes.Add(SystemChange.To(Paths.DropIn, DropInBefore(), dropIn.Render()));
        changes.Add(SystemChange.To(Paths.SshdConfig, store.OriginalOf(earlier, Paths.SshdConfig), main));
        foreach (UndoFile file in earlier?.Files ?? [])
        {
            // Changed by an earlier enrollment and not by this one: as it was.
            if (!changes.Exists(change => change.Path == file.Path))
                changes.Add(new SystemChange(file.Path, store.Original(file), store.Original(file)));
        }

        return changes;
    }

    private SystemFile? DropInBefore()
    {
        SystemFile? original = store.OriginalOf(earlier, Paths.DropIn);
        return original is null ? null : throw new CommandFailedException(
            ExitCode.Conflict, $"{Paths.DropIn} is there, and no record says that sshfn wrote it", "look at it and move it away");
    }

    private string PamText(DropIn dropIn)
    {
        string? stock = SystemChange.Text(store.OriginalOf(earlier, Paths.PamService));
        if (stock is null || !HasModule("pam_exec.so"))
        {
            string what = stock is null ? $"{Paths.PamService} does not exist" : "PAM's module pam_exec.so is not installed";
            throw new CommandFailedException(ExitCode.Failed, what, "--pam-service names sshd's service; --no-sessions without --passcodes needs no PAM");
        }

        string[] folders = [Path.GetDirectoryName(Paths.PamService)!, .. PamFolders];
        return PamStack.With(stock, dropIn, name => folders.Select(folder => Files.ReadBytesAsText(Path.Combine(folder, name))).FirstOrDefault(text => text is not null));
    }

    // Debian keeps them below the name of the architecture.
    private static bool HasModule(string name) =>
        ModuleFolders.Concat(Files.FolderNames("/usr/lib").Select(architecture => string.Create(CultureInfo.InvariantCulture, $"/usr/lib/{architecture}/security")))
            .Any(folder => Files.Exists($"{folder}/{name}"));
}
