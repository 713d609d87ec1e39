using SshFunctions.Architecture.Tests.Product;

namespace SshFunctions.Architecture.Tests.Calls;

/// <summary>What the scans must find, and what looks like it and must pass. Compiled only into this test assembly, never run.</summary>
internal static class Samples
{
    public static ProductProject Project { get; } =
        new("tests/Architecture.Tests", "Architecture.Tests", "SshFunctions.Architecture.Tests", [], []);

    public static DateTime ReadsTheWallClock() => DateTime.UtcNow;

    public static async void CannotBeAwaited() => await Task.Yield();

    public static void CatchesEverything(Action act)
    {
        try
        {
            act();
        }
        catch (Exception)
        {
            act();
        }
    }

    public static async Task CatchesEverythingWhileAwaiting(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch
        {
            await act();
        }
    }

    public static void ClosesAndThrowsOn(IDisposable opened, Action act)
    {
        try
        {
            act();
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    public static async Task CatchesWhatItKnows(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (Exception fault) when (fault is IOException or TimeoutException)
        {
            await act();
        }
        catch (InvalidOperationException)
        {
            await act();
        }
    }

    public static async Task CleansUpWhileAwaiting(IAsyncDisposable opened, Func<Task> act)
    {
        await using (opened)
        {
            await act();
        }
        try
        {
            await act();
        }
        finally
        {
            await act();
        }
    }
}
