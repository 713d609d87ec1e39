using SshFunctions.Support.Processes;

namespace SshFunctions.Architecture.Tests.Infrastructure;

public sealed class DeployScriptTests : IDisposable
{
    private const int Patience = 60_000;
    private readonly DeployScript _script = new();

    public void Dispose() => _script.Dispose();

    [Fact(Timeout = Patience)]
    public async Task Makes_the_group_the_resources_and_the_app_in_that_order_and_waits_for_it()
    {
        ProcessRun run = (await _script.DeployAsync()).Expect(0);

        string[] steps =
        [
            "account show", "group create", "deployment group create", "functionapp deployment source config-zip",
            "curl https://acme-ssh.azurewebsites.example/api/health", "curl https://acme-ssh.azurewebsites.example/api/ca",
        ];
        var places = steps.Select(step => Array.FindIndex(_script.Calls, call => call.StartsWith(step, StringComparison.Ordinal))).ToList();
        Assert.DoesNotContain(-1, places);
        Assert.Equal(places.Order(), places);
        Assert.Contains("https://ssh.example.com", run.Output, StringComparison.Ordinal);
        Assert.Contains("waiting for", run.Error, StringComparison.Ordinal);
    }

    [Fact(Timeout = Patience)]
    public async Task Leaves_the_token_in_a_file_of_the_owner_and_tells_Azure_its_hash()
    {
        ProcessRun run = (await _script.DeployAsync()).Expect(0);

        string token = File.ReadAllText(_script.TokenFile).Trim();
        string hash = _script.Read("hash");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_script.TokenFile));
        Assert.Equal(token.Split('.')[0], hash.Split('.')[0]);
        Assert.NotEqual(token, hash);
        string secret = token.Split('.')[1];
        Assert.DoesNotContain(_script.Calls, call => call.Contains(secret, StringComparison.Ordinal) || call.Contains(hash, StringComparison.Ordinal));
        Assert.DoesNotContain(secret, run.Output + run.Error + _script.Read("handed-over"), StringComparison.Ordinal);
    }

    [Fact(Timeout = Patience)]
    public async Task Keeps_the_admin_when_it_runs_again()
    {
        (await _script.DeployAsync()).Expect(0);
        string hash = _script.Read("hash");
        File.Delete(_script.TokenFile);
        _script.ForgetCalls();

        (await _script.DeployAsync()).Expect(0);

        Assert.Equal(hash, _script.Read("hash"));
        Assert.False(File.Exists(_script.TokenFile));
        Assert.DoesNotContain(_script.Calls, call => call.StartsWith("group create", StringComparison.Ordinal));
    }

    [Fact(Timeout = Patience)]
    public async Task Makes_another_admin_when_all_were_lost()
    {
        (await _script.DeployAsync()).Expect(0);
        string hash = _script.Read("hash");

        (await _script.DeployAsync("--new-admin-token")).Expect(0);

        Assert.NotEqual(hash, _script.Read("hash"));
    }

    [Fact(Timeout = Patience)]
    public async Task Makes_no_other_admin_because_the_settings_could_not_be_read()
    {
        (await _script.DeployAsync()).Expect(0);
        string hash = _script.Read("hash");
        File.Delete(_script.TokenFile);
        _script.Write("settings-away", "");

        ProcessRun run = (await _script.DeployAsync()).Expect(1);

        Assert.Contains("the settings of acme-ssh could not be read: ERROR: Service Unavailable", run.Error, StringComparison.Ordinal);
        Assert.Equal(hash, _script.Read("hash"));
        Assert.False(File.Exists(_script.TokenFile));
    }

    [Fact(Timeout = Patience)]
    public async Task A_dry_run_makes_nothing()
    {
        (await _script.DeployAsync("--dry-run")).Expect(0);
        _script.Write("group", "acme-ssh");
        (await _script.DeployAsync("--dry-run")).Expect(0);

        Assert.DoesNotContain(_script.Calls, call => call.Contains(" create ", StringComparison.Ordinal) || call.Contains("config-zip", StringComparison.Ordinal));
        Assert.Contains(_script.Calls, call => call.StartsWith("deployment group what-if", StringComparison.Ordinal));
        Assert.False(File.Exists(_script.TokenFile));
    }

    [Fact(Timeout = Patience)]
    public async Task Tries_the_upload_again_while_a_role_is_new()
    {
        _script.Write("role-is-new", "");

        (await _script.DeployAsync()).Expect(0);

        Assert.Equal("PK", _script.Read("uploaded.zip"));
    }

    [Fact(Timeout = Patience)]
    public async Task Puts_the_issuers_into_the_package_that_it_uploads_and_leaves_the_given_one_alone()
    {
        _script.WritePackage("host.json", "{}");
        _script.Write("issuers.json", "{\"issuers\":[]}");

        (await _script.DeployAsync("--identities", "issuers.json")).Expect(0);

        Assert.Equal(["host.json", "identities.json"], _script.EntriesOf("uploaded.zip"));
        Assert.Equal(["host.json"], _script.EntriesOf("package.zip"));
        Assert.Contains("SSHFN_DEPLOY_IDENTITIES_FILE=identities.json", _script.Read("handed-over"), StringComparison.Ordinal);
    }

    [Fact(Timeout = Patience)]
    public async Task Takes_back_the_vault_of_a_deployment_that_was_removed()
    {
        _script.Write("deleted-vault", "acme-ssh-abcdefgh\n");

        (await _script.DeployAsync()).Expect(0);

        Assert.Contains("SSHFN_DEPLOY_RECOVER_VAULT=true", _script.Read("handed-over"), StringComparison.Ordinal);
    }

    [Theory(Timeout = Patience)]
    [InlineData("signed-out", "", "not signed in", "az login")]
    [InlineData("refuses", "ERROR: AuthorizationFailed: roleAssignments/write", "AuthorizationFailed", "Role Based Access Control Administrator")]
    [InlineData("refuses", "ERROR: VaultAlreadyExists", "VaultAlreadyExists", "az keyvault list-deleted")]
    public async Task Names_what_went_wrong_and_what_would_fix_it(string fault, string text, string problem, string fix)
    {
        _script.Write(fault, text);

        ProcessRun run = (await _script.DeployAsync()).Expect(1);

        Assert.Contains(problem, run.Error, StringComparison.Ordinal);
        Assert.Contains(fix, run.Error, StringComparison.Ordinal);
        Assert.False(_script.Has("uploaded.zip"));
    }

    [Theory(Timeout = Patience)]
    [InlineData("--name")]
    [InlineData("--colour")]
    [InlineData("--name", "Not A Name", "--group", "ssh")]
    public async Task Refuses_what_it_does_not_understand_before_it_asks_Azure(params string[] options)
    {
        ProcessRun run = (await _script.RunBareAsync(options)).Expect(2);

        Assert.Contains("deploy: hint:", run.Error, StringComparison.Ordinal);
        Assert.Empty(_script.Calls);
    }

    [Fact(Timeout = Patience)]
    public async Task Removes_only_what_it_made_and_says_what_stays()
    {
        _script.Write("group", "somebody-else\n");
        ProcessRun refused = (await _script.RunAsync("--remove", "--yes")).Expect(1);
        Assert.Contains("was not made by this script", refused.Error, StringComparison.Ordinal);

        _script.Write("group", "acme-ssh\n");
        _script.Write("locks", "/locks/sshfn-data\n/locks/sshfn-keys\n");
        (await _script.RunAsync("--remove")).Expect(1);
        Assert.True(_script.Has("group"));
        ProcessRun removed = (await _script.RunAsync("--remove", "--yes")).Expect(0);

        Assert.False(_script.Has("group"));
        Assert.False(_script.Has("locks"));
        Assert.Contains("Purge protection", removed.Error, StringComparison.Ordinal);
    }
}
