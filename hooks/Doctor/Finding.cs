namespace SshFunctions.Hooks.Doctor;

/// <summary>One line of <c>sshfn doctor</c>.</summary>
/// <param name="Level"><c>ok</c>, <c>warn</c> or <c>fail</c>.</param>
/// <param name="Text">What was found.</param>
/// <param name="Fix">What would help; null when nothing needs to.</param>
internal sealed record Finding(string Level, string Text, string? Fix)
{
    internal const string FailLevel = "fail";
    internal const string WarnLevel = "warn";

    internal static Finding Ok(string text) => new("ok", text, null);

    internal static Finding Warn(string text, string? fix) => new(WarnLevel, text, fix);

    internal static Finding Fail(string text, string? fix) => new(FailLevel, text, fix);
}
