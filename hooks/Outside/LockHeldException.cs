namespace SshFunctions.Hooks.Outside;

/// <summary>Another process holds a lock for longer than anybody waits for it; to callers as any file that can't be used.</summary>
internal sealed class LockHeldException(string path, TimeSpan longest)
    : IOException($"another sshfn holds {path} and has not let go for {longest.TotalSeconds:0} s")
{
    /// <summary>What to do about it.</summary>
    internal string Hint { get; } = $"let it end, or find it and end it: fuser -v {path}";
}
