using SshFunctions.Core.Access;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Hosts;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Keys;
using SshFunctions.Core.Passcodes;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;
using SshFunctions.Core.Revocations;
using SshFunctions.Ssh.Keys;
using SshFunctions.Support.Proofs.Schedules;
using SshFunctions.Support.Signers;
using SshFunctions.Support.Store;
using SshFunctions.Support.Time;

namespace SshFunctions.Core.Tests.Access;

/// <summary>Two processes of a broker over one store, in which requesters, approvers, timers and thieves act at random.</summary>
internal sealed class AccessRequestWorld : IAsyncDisposable
{
    public const int ApprovalsNeeded = 2;
    public static readonly TimeSpan Longest = TimeSpan.FromHours(3);
    private static readonly ResourcePath Web = Broker.Web;
    private static readonly Caller[] Requesters = [.. new[] { "alice", "bob" }.Select(PersonOf)];
    private static readonly Caller[] Deciders = [.. new[] { "alice", "bob", "carol", "dave", "erin" }.Select(PersonOf)];
    private static readonly FixedSigningKeys SigningKeys = MakeSigningKeys();
    // Each has one: a key of two owners could not be registered, and its request never be given.
    private static readonly Dictionary<Subject, string> AttachedKeys = Requesters.ToDictionary(requester => requester.Subject, _ => MakeKey());
    private readonly Interleaving _run;
    private readonly Random _random;
    private readonly InMemoryStore _store = new();
    private readonly Instance[] _instances;
    private readonly List<Instance> _begun = [];
    private readonly List<AccessRequestId> _known = [];

    public AccessRequestWorld(Interleaving run)
    {
        _run = run;
        _random = run.Random;
        _instances = [Begin(), Begin()];
    }

    public ManualClock Clock => _run.Clock;

    /// <summary>Certificates that somebody got, by serial.</summary>
    public List<(ulong Serial, GrantId Grant, DateTimeOffset End)> Minted { get; } = [];

    public AccessRequests Requests => _instances[0].Requests;

    public GrantRegistry Grants => _instances[0].Grants;

    public RevocationRegistry Revocations => _instances[0].Revocations;

    public AccessEvaluator Access => _instances[0].Access;

    public ResourceTree Tree => _instances[0].Tree;

    public async Task MakeAsync()
    {
        Instance one = _instances[0];
        Broker.Must(await one.Tree.PutProjectAsync(Broker.Admin, new Project(Web.Parent.Parent, "", SshSwitch.Enabled), default));
        Broker.Must(await one.Tree.PutEnvironmentAsync(Broker.Admin, new ProjectEnvironment(Web.Parent, "", SshSwitch.Enabled, Protected: true), default));
        Broker.Must(await one.Tree.PutResourceAsync(Broker.Admin, Broker.ResourceOf(hosts: "web.example.com"), default));
        Broker.Must(await one.Grants.PutAsync(Broker.Admin, Broker.GrantOf("standing"), default));
        Broker.Must(await one.Rules.PutAsync(Broker.Admin, RuleOf(), default));
    }

    /// <summary>Two or three calls at once, in an order that the schedule decides at each call of the store; a process that dies has a successor.</summary>
    public async Task RunRoundAsync()
    {
        if (_random.Next(4) == 0) Clock.Advance(TimeSpan.FromMinutes(_random.Next(1, 90)));
        for (int count = _random.Next(2, 4); count > 0; count--)
        {
            (string name, Func<Task> call) = NextCall();
            _run.Start(name, call);
        }

        await _run.PlayAsync();
        for (int number = 0; number < _instances.Length; number++)
        {
            if (_instances[number].Store.IsDead) _instances[number] = Begin();
        }
    }

    /// <summary>A timer of a process that does not die.</summary>
    public Task<int> RunTimerAsync() => _instances[1].Requests.RunDueAsync(default);

    public async ValueTask DisposeAsync()
    {
        foreach (Instance instance in _begun) await instance.Journal.DisposeAsync();
    }

    /// <summary>What an approver looks at before they decide.</summary>
    private static async Task<DateTimeOffset?> SeenAsync(Instance at, AccessRequestId id) =>
        (await at.Requests.FindAsync(id, default))?.Extension?.Ends;

    private Instance Begin()
    {
        var instance = new Instance(_run.Instance($"broker-{_begun.Count}", _store), Clock);
        _begun.Add(instance);
        return instance;
    }

    private (string Name, Func<Task> Call) NextCall()
    {
        Instance at = _instances[_random.Next(_instances.Length)];
        Caller requester = Requesters[_random.Next(Requesters.Length)];
        Caller decider = Deciders[_random.Next(Deciders.Length)];
        int choice = _known.Count == 0 ? 0 : _random.Next(20);
        AccessRequestId id = _known.Count == 0 ? default : _known[Math.Max(0, _known.Count - 1 - _random.Next(3))];
        string? key = _random.Next(3) == 0 ? AttachedKeys[requester.Subject] : null;
        bool breaks = _random.Next(8) == 0;
        TimeSpan more = TimeSpan.FromMinutes(_random.Next(1, 150));
        return choice switch
        {
            0 or 1 or 2 => ("open", async () =>
            {
                var order = new AccessRequestOrder(Web, requester.Subject, null, null, null, [], TimeSpan.FromHours(1), "work", null, key) { BreakGlass = breaks };
                if ((await at.Requests.OpenAsync(requester, order, default)).Try(out AccessRequest? opened, out _)) _known.Add(opened.Id);
            }
            ),
            < 9 => ("approve", async () => await at.Requests.ApproveAsync(decider, id, null, await SeenAsync(at, id), default)),
            9 => ("deny", async () => await at.Requests.DenyAsync(decider, id, null, await SeenAsync(at, id), default)),
            10 => ("extend", () => at.Requests.ExtendAsync(requester, id, more, "more", default)),
            11 => ("close", () => at.Requests.CloseAsync(decider, id, "done", default)),
            12 => ("revoke", () => at.Requests.RevokeAsync(Broker.Admin, id, "leaked", default)),
            13 => ("fail", () => at.Requests.FailAsync(id, "poison", default)),
            14 => ("timer", () => at.Requests.RunDueAsync(default)),
            < 18 => ("provision", () => at.Requests.ProvisionAsync(id, default)),
            _ => ("mint", () => MintAsync(at, id)),
        };
    }

    /// <summary>What a mint does: decides, records, asks once more whether the grant is there, and only then hands out.</summary>
    private async Task MintAsync(Instance at, AccessRequestId id)
    {
        if (await at.Grants.FindAsync(id.Grant, default) is not { NotAfter: { } end } grant || end <= Clock.GetUtcNow()) return;
        var intent = new JournalEvent.CertificateIssued(Web, Broker.Deploy, grant.Id.Text, "id", [], "key", "ca", Clock.GetUtcNow(), end);
        JournalEntry entry = await at.Journal.AppendAsync(Broker.Alice, intent, default);
        if (await at.Access.StillHoldsAsync(grant, default)) Minted.Add((entry.Position.Serial, grant.Id, end));
    }

    private static AccessRule RuleOf() => AccessRule.Default(Web.Parent) with
    {
        ApprovalsNeeded = ApprovalsNeeded,
        LongestDuration = Longest,
        Approvers = [.. Deciders.Select(decider => Holder.Of(decider.Subject))],
        BreakGlass = [Holder.Parse("subject=bob")],
    };

    private static Caller PersonOf(string name) => new(CallerKind.Person, Subject.Parse(name), []);

    private static FixedSigningKeys MakeSigningKeys()
    {
        using SshPrivateKey key = SshPrivateKey.GenerateEcdsa(256);
        var signer = new InMemoryCertificateSigner(key);
        return new FixedSigningKeys(signer, signer, new InMemoryStatementSigner(key), TimeProvider.System);
    }

    private static string MakeKey()
    {
        using SshPrivateKey key = SshPrivateKey.GenerateEcdsa(256);
        return key.PublicKey.ToText();
    }

    private sealed class Instance
    {
        public Instance(StoreInstance store, ManualClock clock)
        {
            Store = store;
            Journal = new JournalWriter(store, clock, store.Name, "1.0");
            Tree = new ResourceTree(store, Journal);
            Grants = new GrantRegistry(store, Journal);
            Revocations = new RevocationRegistry(store, Journal, clock);
            Access = new AccessEvaluator(Tree, Grants, Revocations);
            Rules = new AccessRuleRegistry(store, Journal, Tree);
            var passcodes = new PasscodeRegistry(store, Access, Tree, Revocations, Journal, clock);
            var revoker = new AccessRevoker(Revocations, Grants, passcodes, new JournalReader(store, clock), TimeSpan.FromHours(3), clock);
            var keys = new SshFunctions.Core.Access.AttachedKeys(new KeyRegistry(store, Journal, Revocations, clock), revoker, new HostRegistry(store), SigningKeys, Journal);
            var approvers = new AccessApprovers(new Authority(Grants, clock), Rules, clock);
            Requests = new AccessRequests(store, Grants, Journal, approvers, keys, Tree, Revocations, revoker, clock);
        }

        public StoreInstance Store { get; }

        public JournalWriter Journal { get; }

        public ResourceTree Tree { get; }

        public GrantRegistry Grants { get; }

        public RevocationRegistry Revocations { get; }

        public AccessEvaluator Access { get; }

        public AccessRuleRegistry Rules { get; }

        public AccessRequests Requests { get; }
    }
}
