using SshFunctions.Api;
using SshFunctions.Support.Broker;
using SshFunctions.Support.Processes;

namespace SshFunctions.Hooks.Tests.Hostile;

/// <summary>Text of a broker moves no cursor, forges no line and hides nothing, in a table, in JSON and in an error.</summary>
public sealed class TerminalTests : IDisposable
{
    private readonly FakeBroker _broker = new();
    private readonly SshfnProgram _sshfn = new();

    public static TheoryData<string, string, string, Type> Answers() => new()
    {
        { "whoami", "GET", Routes.Me, typeof(CallerResponse) },
        { "resources", "GET", Routes.VisibleResources, typeof(Page<ResourceResponse>) },
        { "resource list", "GET", Routes.VisibleResources, typeof(Page<ResourceResponse>) },
        { "projects", "GET", Routes.VisibleResources, typeof(Page<ResourceResponse>) },
        { "project list", "GET", Routes.Projects, typeof(Page<ProjectResponse>) },
        { "keys list", "GET", Routes.Keys, typeof(Page<RegisteredKeyResponse>) },
        { "token list", "GET", Routes.Tokens, typeof(Page<AccessTokenResponse>) },
        { "grant list", "GET", Routes.Grants, typeof(Page<GrantResponse>) },
        { "host list", "GET", Routes.Hosts, typeof(Page<HostResponse>) },
        { "host tokens list", "GET", Routes.EnrollmentTokens, typeof(Page<EnrollmentTokenResponse>) },
        { "request list", "GET", Routes.AccessRequests, typeof(Page<AccessRequestResponse>) },
        { "request rule list", "GET", Routes.AccessRules, typeof(Page<AccessRuleResponse>) },
        { "revocations list", "GET", Routes.Revocations, typeof(RevocationPage) },
        { "notifications list", "GET", Routes.FailedNotifications, typeof(Page<FailedNotificationResponse>) },
        { "audit list", "GET", Routes.Journal, typeof(Page<JournalEntryResponse>) },
        { "audit checkpoints", "GET", Routes.Checkpoints, typeof(Page<CheckpointResponse>) },
        { "audit who-can acme/production/web", "GET", Routes.AccessHolders, typeof(Page<ReachableResourceResponse>) },
        { "audit who-did acme/production/web", "GET", Routes.AccessDeeds, typeof(Page<AccessDeedResponse>) },
        { "ca status", "GET", Routes.KeyRotations, typeof(KeyRotationsResponse) },
        { "explain acme/production/web --login deploy", "POST", Routes.ExplainAccess, typeof(ExplainAccessResponse) },
        { "code acme/production/web", "POST", Routes.Passcodes, typeof(PasscodeResponse) },
        { "revoke --serial 65537 --reason x", "POST", Routes.Revocations, typeof(RevokedResponse) },
        { "doctor", "GET", Routes.Health, typeof(HealthResponse) },
        { "doctor", "GET", Routes.Me, typeof(CallerResponse) },
    };

    [Theory(Timeout = 60_000)]
    [MemberData(nameof(Answers), DisableDiscoveryEnumeration = true)]
    public async Task An_answer_is_shown_without_what_a_terminal_obeys(string command, string method, string route, Type type)
    {
        await _sshfn.SignInAsync(_broker);
        foreach (string[] plain in new string[][] { [], ["path", "resource"] })
        {
            string answer = HostileText.Of(type, plain);
            _broker.On(method, route, _ => new FakeAnswer(200, answer));
            foreach (string[] format in new string[][] { [], ["--json"] })
            {
                ProcessRun run = await _sshfn.RunAsync([.. command.Split(' '), .. format]);
                string? fault = Clear.UnsafeText(run.Output + run.Error) ?? (run.Error.Contains("has a defect", StringComparison.Ordinal) ? "it met a defect of its own" : null)
                    ?? (run.Error.Contains("\nsshfn: error: forged", StringComparison.Ordinal) ? "a line was forged" : null);
                Assert.True(fault is null, Clear.Describe(command, fault ?? "", run));
            }
        }
    }

    [Theory(Timeout = 60_000)]
    [InlineData("whoami")]
    [InlineData("cert web.example.com 22 deploy")]
    [InlineData("config-ssh")]
    [InlineData("login --token -")]
    public async Task A_refusal_is_shown_without_what_a_terminal_obeys(string command)
    {
        await _sshfn.SignInAsync(_broker);
        foreach (string type in new[] { ProblemTypes.Denied, ProblemTypes.Unavailable, ProblemTypes.Unauthenticated, HostileText.Text })
        {
            foreach ((string method, string route) in new[] { ("GET", Routes.Me), ("POST", Routes.UserCertificates), ("GET", Routes.VisibleResources) })
                _broker.On(method, route, _ => FakeAnswer.Problem(403, type, HostileText.Text, HostileText.Text));
            ProcessRun run = await _sshfn.RunAsync(FakeBroker.Token, command.Split(' '));
            Assert.True(run.ExitCode != 0 && Clear.Fault(run) is null, Clear.Describe(command, Clear.Fault(run) ?? "it went on", run));
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task A_text_without_end_is_cut_off()
    {
        await _sshfn.SignInAsync(_broker);
        _broker.On("GET", Routes.Me, _ => FakeAnswer.Of(new CallerResponse("person", new string('a', 1_000_000), [], null, null), ApiJson.Default.CallerResponse));
        Assert.InRange((await _sshfn.RunAsync("whoami")).Expect(0).Output.Length, 4000, 5000);
        _broker.On("GET", Routes.Me, _ => FakeAnswer.Problem(403, ProblemTypes.Denied, new string('b', 1_000_000)));
        Assert.InRange((await _sshfn.RunAsync("whoami")).Expect(1).Error.Length, 4000, 5000);
    }

    public void Dispose()
    {
        _broker.Dispose();
        _sshfn.Dispose();
    }
}
