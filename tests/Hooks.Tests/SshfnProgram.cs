using SshFunctions.Support.Broker;
using SshFunctions.Support.Files;
using SshFunctions.Support.Processes;
using SshFunctions.Support.Programs;

namespace SshFunctions.Hooks.Tests;

/// <summary>The real program with a home of its own.</summary>
public sealed class SshfnProgram : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static string Executable => ProductProgram.Sshfn.Path;

    /// <summary>Whether it is as users have it; a build for debugging brings an assembly, and a runtime with needs of its own.</summary>
    public static bool IsAheadOfTime => ProductProgram.Sshfn.IsAheadOfTime;

    public TemporaryFolder Folder => _folder;

    public string Home => _folder["home"];

    public string Config => Home + "/config";

    public string UserConfig => _folder["ssh/config"];

    /// <summary>Variables on top; null unsets one.</summary>
    public Dictionary<string, string?> Variables { get; } = [];

    public string Destination(string name = "deploy@web.example.com:22") => $"{Home}/state/destinations/{name}";

    public Task<ProcessRun> RunAsync(params string[] arguments) => RunAsync(input: null, arguments);

    public Task<ProcessRun> RunAsync(string? input, string[] arguments) =>
        ProcessRun.ToEndAsync(Executable, arguments, input, _folder.Path, AllVariables());

    public Task<ProcessRun> RunOtherAsync(string program, params string[] arguments) =>
        ProcessRun.ToEndAsync(program, arguments, null, _folder.Path, AllVariables());

    public async Task SignInAsync(FakeBroker broker) =>
        (await RunAsync(FakeBroker.Token, ["login", "--broker", broker.Address, "--token", "-"])).Expect(0);

    public Task<ProcessRun> CertAsync() => RunAsync("cert", "web.example.com", "22", "deploy");

    public void Dispose() => _folder.Dispose();

    private Dictionary<string, string?> AllVariables() => new(Variables)
    {
        ["SSHFN_HOME"] = Home,
        ["SHELL"] = Variables.GetValueOrDefault("SHELL", "/bin/sh"),
        ["SSH_AUTH_SOCK"] = null,
        ["HOME"] = _folder.Path,
        ["PATH"] = Variables.GetValueOrDefault("PATH", Environment.GetEnvironmentVariable("PATH")),
    };
}
