using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SshFunctions.Api;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Display;
using SshFunctions.Hooks.Host.Sessions;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Host.Refresh;

/// <summary>What the steps of a refresh share: settings, trust, state, the way to the broker, the way to raise an alarm. Thread safe.</summary>
internal sealed class HostAgent : IDisposable
{
    private const int LongestDetail = 500;
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(10);

    // A broker holds an unchanged list back for 45 s; whoever is silent for longer is gone.
    private static readonly TimeSpan WaitTimeout = TimeSpan.FromSeconds(55);

    private readonly FileLock _only;
    private readonly FileStamp? _enrolled;
    private readonly Lock _gate = new();
    private readonly HashSet<string> _raised = [];
    private readonly List<BrokerClient> _clients = [];

    private HostAgent(FileLock only, FileStamp? enrolled, HostFolders folders, HostSettings settings, PinnedTrust trust, AgentState state)
    {
        _only = only;
        _enrolled = enrolled;
        Folders = folders;
        Settings = settings;
        Trust = trust;
        State = state;
        Waiting = Connect(WaitTimeout);
        Client = Connect(RequestTimeout);
        RevocationList = new RevocationListFiles(this);
    }

    internal HostFolders Folders { get; }

    internal HostSettings Settings { get; }

    internal PinnedTrust Trust { get; set; }

    internal AgentState State { get; private set; }

    internal BrokerClient Client { get; private set; }

    /// <summary>For requests that the broker holds back.</summary>
    internal BrokerClient Waiting { get; private set; }

    internal RevocationListFiles RevocationList { get; }

    /// <summary>Held by whoever replaces the trust bundle: two loops may want to.</summary>
    internal SemaphoreSlim TrustGate { get; } = new(1, 1);

    /// <summary>Whether this machine was unenrolled, or enrolled anew, meanwhile: then what was read at the start counts no more, and neither state, token nor alarm is written.</summary>
    internal bool IsOver => FileStamp.Of(Folders.Settings) != _enrolled;

    /// <summary>Whether it was enrolled anew: what was read at the start is another host's by now.</summary>
    internal bool IsEnrolledAnew => IsOver && Files.Exists(Folders.Settings);

    /// <summary>Takes the folder for this process alone.</summary>
    /// <param name="folders">Where the host's files are.</param>
    /// <param name="patience">How long another process that has it is waited for; zero for not at all.</param>
    internal static HostAgent Open(HostFolders folders, TimeSpan patience = default)
    {
        FileStamp? enrolled = FileStamp.Of(folders.Settings);
        HostSettings settings = HostFiles.ReadSettings(folders);
        HostFiles.RequireReader(folders.Token);
        FileLock only = TryTake(folders.Lock, patience)
            ?? throw new CommandFailedException(ExitCode.Conflict, $"another sshfn refreshes {folders.Folder} already", "sshfn host status");
        try
        {
            Ownership.EnsureFolder(folders.RunFolder);
            Ownership.EnsureFolder(folders.Spool);
            Ownership.EnsureFolder(folders.Sessions);
            AgentState state = HostFiles.ReadState(folders)
                ?? throw new CommandFailedException(ExitCode.Failed, $"{folders.State} does not exist", "enroll the host again: sshfn host enroll --help");
            state = state.For(settings.Host, Clock.Now);
            return new HostAgent(only, enrolled, folders, settings, PinnedTrust.Read(folders), state);
        }
        catch
        {
            only.Dispose();
            throw;
        }
    }

    private static FileLock? TryTake(string path, TimeSpan patience)
    {
        try
        {
            return patience == TimeSpan.Zero ? FileLock.TryTake(path) : FileLock.Take(path, patience);
        }
        catch (LockHeldException)
        {
            return null;
        }
    }

    internal void Update(Func<AgentState, AgentState> change)
    {
        lock (_gate)
        {
            AgentState next = change(State);
            if (next == State)
                return;
            State = next;
            if (!IsOver)
                HostFiles.WriteState(Folders, next);
        }
    }

    /// <summary>Puts an alarm into the spool, once a day for what goes on being wrong.</summary>
    internal void Raise(string kind, string detail)
    {
        string safe = Printable.Line(detail);
        string text = safe.Length <= LongestDetail ? safe : safe[..LongestDetail];
        DateTimeOffset now = Clock.Now;
        string id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"{now:yyyy-MM-dd}\n{kind}\n{text}"))))[..32];
        if (IsOver)
            return;
        lock (_gate)
        {
            if (!_raised.Add(id) || State.LastAlarmId == id)
                return;
        }

        Spool.Add(Folders, new HostAlarm(id, kind, text, now));
        Update(state => state with { LastAlarmId = id, LastAlarm = text, LastAlarmTime = now });
    }

    /// <summary>Raises an alarm and gives what ends the step.</summary>
    internal CommandFailedException Refuse(string kind, string detail)
    {
        Raise(kind, detail);
        return new CommandFailedException(ExitCode.Failed, detail);
    }

    /// <summary>Speaks with another token from now on.</summary>
    internal void Reconnect()
    {
        Waiting = Connect(WaitTimeout);
        Client = Connect(RequestTimeout);
    }

    public void Dispose()
    {
        _clients.ForEach(client => client.Dispose());
        TrustGate.Dispose();
        _only.Dispose();
    }

    private BrokerClient Connect(TimeSpan total)
    {
        BrokerClient client = new(BrokerAddress.Parse(Settings.Broker), HostFiles.ReadToken(Folders), total, Settings.CaFile);
        // The ones before stay until the end: a request may be under way.
        _clients.Add(client);
        return client;
    }
}
