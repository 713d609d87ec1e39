using System.Globalization;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Hook;

/// <summary><c>sshfn cert [--renew] HOST PORT LOGIN</c>: makes sure that a fresh certificate lies where ssh will read it.</summary>
internal static class CertificateHook
{
    internal static int Run(ReadOnlySpan<string> arguments)
    {
        if (!HookArguments.TryParse(arguments, out HookArguments parsed))
        {
            return Rim.Report(new CommandFailedException(
                ExitCode.Usage, "cert takes a host, a port and a login as ssh knows them", "sshfn cert web.example.com 22 deploy"));
        }

        Generations generations = new(parsed.Folders, parsed.Destination.FolderName);
        generations.RequireFolder();
        if (!parsed.Renew && generations.CurrentValidity()?.IsFreshAt(Clock.Now) == true)
            return ExitCode.Done;
        if (parsed.StepAside && new Strangers(parsed.Folders).Contains(parsed.Destination))
            return ExitCode.Failed;
        if (!parsed.Renew && CallingSsh.ConnectsNowhere())
            return parsed.StepAside && !generations.Any ? ExitCode.Failed : ExitCode.Done;
        return Rim.RunAsync(() => Task.FromResult(Renew(parsed, generations)), CancellationToken.None).GetAwaiter().GetResult();
    }

    private static int Renew(HookArguments arguments, Generations generations)
    {
        try
        {
            return Locked(arguments, generations);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A full or a read-only disk takes no new certificate, and makes the last one no worse.
            return FallBack(new CommandFailedException(ExitCode.Failed, error.Message, (error as LockHeldException)?.Hint), arguments.Renew ? null : generations.CurrentValidity());
        }
    }

    private static int Locked(HookArguments arguments, Generations generations)
    {
        generations.EnsureLock();
        DateTimeOffset asked = Clock.Now;
        using FileLock held = FileLock.Take(generations.LockFile);
        Validity? before = generations.CurrentValidity();
        if (!arguments.Renew && before?.IsFreshAt(Clock.Now) == true)
            return ExitCode.Done;
        // Who waited for a mint that failed shares its failure: 16 parallel logins must not wait for 16 timeouts in a row.
        if (arguments.StepAside && held.Waited && new Strangers(arguments.Folders).Contains(arguments.Destination))
            return ExitCode.Failed;
        if (held.Waited && SharedFailure.Read(generations.FailureFile, since: asked) is { } shared)
            return FallBack(shared, arguments.Renew ? null : before);
        try
        {
            Mint.Run(arguments, generations);
            return ExitCode.Done;
        }
        catch (CommandFailedException failure)
        {
            SharedFailure.Write(generations.FailureFile, failure);
            if (arguments.StepAside && before is null && failure.ExitCode is ExitCode.NotFound or ExitCode.Unavailable)
                new Strangers(arguments.Folders).Add(arguments.Destination);
            if (arguments.StepAside && failure.ExitCode == ExitCode.NotFound)
                return ExitCode.Failed;
            // Who asked for a new certificate is not served by the old one.
            return FallBack(failure, arguments.Renew ? null : before);
        }
    }

    /// <summary>A certificate that still holds lets ssh go on; only then is a failure not the hook's.</summary>
    private static int FallBack(CommandFailedException failure, Validity? validity)
    {
        if (validity is not { } old || !old.HoldsAt(Clock.Now))
        {
            Rim.Report(failure);
            return ExitCode.Failed;
        }

        Terminal.Note(string.Create(
            CultureInfo.InvariantCulture, $"{failure.Message}; the last certificate holds for {(old.Before - Clock.Now).TotalSeconds:0} more seconds"));
        return ExitCode.Done;
    }
}
