namespace SshFunctions.App.Commands;

/// <summary>What the process tells who started it. Under the Functions host 0 would mean that nobody starts it again.</summary>
internal static class ExitCode
{
    public const int Success = 0;
    public const int Failure = 1;
    public const int Usage = 2;
}
