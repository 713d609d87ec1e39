using SshFunctions.Support.Broker;
using SshFunctions.Support.Files;
using SshFunctions.Support.Processes;
using SshFunctions.Support.Programs;
using SshFunctions.Support.Ssh;

namespace SshFunctions.Support.Sshfn;

/// <summary>A person with the real <c>sshfn</c>, whose state, ssh configuration and git configuration lie in a folder of the test.</summary>
public sealed class SshfnUser : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Makes a person who has not signed in.</summary>
    /// <param name="furtherConfiguration">Lines of the person's own ssh configuration.</param>
    public SshfnUser(string furtherConfiguration = "")
    {
        SshConfiguration = _folder.Write("ssh_config", $"""
            {furtherConfiguration}
            Host *
              UserKnownHostsFile /dev/null
              IdentityAgent none
              BatchMode yes

            """);
        Directory.CreateDirectory(_folder["bin"]);
        // ssh takes ~/.ssh from the password database, whatever HOME says; so "ssh" of this person is the real one with its own file.
        string ssh = _folder.Write("bin/ssh", $"#!/bin/sh\nexec /usr/bin/ssh -F '{SshConfiguration}' \"$@\"\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(ssh, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Environment = new Dictionary<string, string?>
        {
            ["SSHFN_HOME"] = _folder["home"],
            ["SSHFN_BROKER"] = null,
            ["SSHFN_TOKEN"] = null,
            ["SSH_AUTH_SOCK"] = null,
            ["SHELL"] = "/bin/sh",
            ["GIT_CONFIG_GLOBAL"] = _folder["gitconfig"],
            ["GIT_CONFIG_NOSYSTEM"] = "1",
            ["GIT_SSH"] = null,
            ["GIT_SSH_COMMAND"] = null,
        };
    }

    /// <summary>What is on top of this process's environment; null unsets.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; }

    /// <summary>The environment in which <c>ssh</c> is the one of <see cref="SshConfiguration"/>, as it is for a person at home.</summary>
    public IReadOnlyDictionary<string, string?> WithOwnSsh =>
        With("PATH", $"{_folder["bin"]}:{System.Environment.GetEnvironmentVariable("PATH")}");

    /// <summary>A file as <c>~/.ssh/config</c>.</summary>
    public string SshConfiguration { get; }

    /// <summary>Everything of this person.</summary>
    public string Folder => _folder.Path;

    /// <summary>Where certificates lie.</summary>
    public string Destinations => _folder["home/state/destinations"];

    /// <summary>ssh, scp, sftp and rsync with <see cref="SshConfiguration"/>.</summary>
    public SshClient Client => new(SshConfiguration, Environment);

    /// <summary>The path of something in the person's folder.</summary>
    /// <param name="name">A relative path.</param>
    public string this[string name] => _folder[name];

    /// <summary>The environment with one more variable.</summary>
    /// <param name="name">Of the variable.</param>
    /// <param name="value">Null unsets it.</param>
    public IReadOnlyDictionary<string, string?> With(string name, string? value) => new Dictionary<string, string?>(Environment) { [name] = value };

    /// <summary>Runs <c>sshfn</c>.</summary>
    /// <param name="arguments">After <c>sshfn</c>.</param>
    public Task<ProcessRun> RunAsync(params string[] arguments) => RunAsync(null, arguments);

    /// <summary>Runs <c>sshfn</c> with something on its standard input.</summary>
    /// <param name="input">What it reads.</param>
    /// <param name="arguments">After <c>sshfn</c>.</param>
    public Task<ProcessRun> RunAsync(string? input, string[] arguments) =>
        ProcessRun.ToEndAsync(ProductProgram.Sshfn.Path, arguments, input, _folder.Path, Environment);

    /// <summary>Signs in.</summary>
    /// <param name="broker">Where.</param>
    /// <param name="token"><c>id.secret</c>.</param>
    public async Task SignInAsync(TestBroker broker, string token)
    {
        ArgumentNullException.ThrowIfNull(broker);
        (await RunAsync(token, ["login", "--broker", broker.Url.GetLeftPart(UriPartial.Authority), "--token", "-"])).Expect(0);
    }

    /// <summary>Lets ssh use the hook: <c>sshfn config-ssh</c>.</summary>
    public async Task ConfigureSshAsync() => (await RunAsync("config-ssh", "--ssh-config", SshConfiguration)).Expect(0);

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();
}
