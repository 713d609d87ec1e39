namespace SshFunctions.Architecture.Tests.Calls;

/// <summary>A member product code must not name, and where it may all the same.</summary>
/// <param name="Member">Full name; one that ends in <c>::</c> stands for every member of the type.</param>
/// <param name="Instead">What to use, shown when the test fails.</param>
/// <param name="AllowedIn">Path prefixes, relative to the repository's root.</param>
internal sealed record BannedCall(string Member, string Instead, params string[] AllowedIn)
{
    // The rims: the only places that know there is a process with a terminal, an exit code and children.
    private const string BrokerProgram = "functions/App/Program.cs";
    private const string BrokerCommands = "functions/App/Commands/";
    private const string BrokerRim = "functions/App/Hosting/";
    private const string SshfnProgram = "hooks/Program.cs";
    private const string SshfnRim = "hooks/Outside/";
    private const string SshfnLock = "hooks/Outside/FileLock.cs";

    /// <summary>Each entry is a rule of this house; to widen one, add the path here and say why beside it.</summary>
    public static IReadOnlyList<BannedCall> All { get; } =
    [
        new("System.DateTime::get_Now", "TimeProvider"),
        new("System.DateTime::get_UtcNow", "TimeProvider"),
        new("System.DateTime::get_Today", "TimeProvider"),
        new("System.DateTimeOffset::get_Now", "TimeProvider"),
        new("System.DateTimeOffset::get_UtcNow", "TimeProvider"),
        new("System.Random::", "RandomNumberGenerator"),
        // The kernel's lock of a file can be waited for without an end or asked for again and again; the hook has no other work meanwhile.
        new("System.Threading.Thread::Sleep", "a cancellable wait on a TimeProvider", SshfnLock),
        new("System.Console::", "the rim", BrokerProgram, BrokerCommands, BrokerRim, SshfnProgram, SshfnRim),
        new("System.Environment::Exit", "a return value", BrokerProgram, SshfnProgram),
        new("System.Environment::FailFast", "an exception"),
        new("System.Diagnostics.Process::", "hooks/Outside", SshfnRim),
        new("System.Diagnostics.ProcessStartInfo::", "hooks/Outside", SshfnRim),
        new("System.Runtime.CompilerServices.AsyncVoidMethodBuilder::", "async Task"),
    ];

    public bool IsNamedBy(string member) =>
        Member.EndsWith("::", StringComparison.Ordinal) ? member.StartsWith(Member, StringComparison.Ordinal) : member == Member;

    public bool IsAllowedIn(string source) => AllowedIn.Any(prefix => source.StartsWith(prefix, StringComparison.Ordinal));
}
