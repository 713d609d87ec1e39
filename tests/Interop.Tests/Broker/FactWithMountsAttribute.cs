using System.Diagnostics;

namespace SshFunctions.Interop.Tests.Broker;

/// <summary>A fact about file systems that the test mounts for one process, which only root may, and not in every container.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FactWithMountsAttribute : FactAttribute
{
    public FactWithMountsAttribute()
    {
        if (!MayMount()) Skip = "this user may not mount in a name space of its own (unshare -m)";
    }

    private static bool MayMount()
    {
        using var unshare = Process.Start(new ProcessStartInfo("unshare", ["-m", "true"]) { RedirectStandardError = true })!;
        unshare.WaitForExit();
        return unshare.ExitCode == 0;
    }
}
