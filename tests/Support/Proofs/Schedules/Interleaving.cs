using System.Globalization;
using SshFunctions.Core.Ports;
using SshFunctions.Support.Time;

namespace SshFunctions.Support.Proofs.Schedules;

/// <summary>One run of several strands over shared stores, in an order that a schedule decides at every call of a store.</summary>
public sealed class Interleaving
{
    // Far more than any run takes that comes to an end.
    private const int MostSteps = 200_000;
    private static readonly AsyncLocal<string?> Running = new();
    private readonly Stage _stage;
    private readonly Schedule _schedule;
    private readonly List<StoreCall> _waiting = [];
    private readonly List<Task> _strands = [];
    private readonly List<StoreCall> _late = [];
    private readonly List<string> _trace = [];
    private string? _last;
    private int _strandCount;

    internal Interleaving(Stage stage, Schedule schedule, int seed)
    {
        _stage = stage;
        _schedule = schedule;
        Random = new Random(seed);
    }

    /// <summary>For what is played, beside who goes on; seeded.</summary>
    public Random Random { get; }

    /// <summary>The clock of all.</summary>
    public ManualClock Clock { get; } = new();

    /// <summary>Steps that were taken.</summary>
    public int StepCount { get; private set; }

    internal bool IsPlaying { get; private set; }

    internal string Trace => string.Join('\n', _trace);

    /// <summary>The store as another process has it.</summary>
    /// <param name="name">Names the process.</param>
    /// <param name="shared">What all processes share.</param>
    public StoreInstance Instance(string name, IStore shared) => new(this, shared, name);

    /// <summary>Starts a strand; it begins when <see cref="PlayAsync"/> gives it its turn. One whose process dies, or whose store is away, ends.</summary>
    /// <param name="name">For the trace.</param>
    /// <param name="act">What it does.</param>
    // With a number of its own: who goes on without an interruption is told by the name.
    public void Start(string name, Func<Task> act) => _strands.Add(RunAsync(string.Create(CultureInfo.InvariantCulture, $"{name}.{++_strandCount}"), act));

    /// <summary>Starts a strand that moves the clock on.</summary>
    /// <param name="time">How far.</param>
    public void StartClock(TimeSpan time) => Start($"clock +{time}", () =>
    {
        // What the law of the store says of a commit whose outcome is unknown.
        if (time >= TimeSpan.FromMinutes(1))
        {
            foreach (StoreCall late in _late.ToArray()) Take(late);
        }

        Clock.Advance(time);
        return Task.CompletedTask;
    });

    /// <summary>Plays until every strand and all that they began has ended.</summary>
    public async Task PlayAsync()
    {
        IsPlaying = true;
        await _stage.IdleAsync();
        while (_waiting.Count > 0)
        {
            if (++StepCount > MostSteps) throw new InvalidOperationException("it goes on for ever");
            Take(Choose());
            await _stage.IdleAsync();
        }

        IsPlaying = false;
        if (_strands.Any(strand => !strand.IsCompleted)) throw new InvalidOperationException("strands wait for each other");
        await Task.WhenAll(_strands);
        _strands.Clear();
        if (_stage.StrayCount > 0) throw new InvalidOperationException("something ran on another thread");
    }

    /// <summary>A step that is none of the store's: somebody else may go on first.</summary>
    /// <param name="what">For the trace.</param>
    public Task TurnAsync(string what) => IsPlaying ? WaitAsync(null, what, "", null) : Task.CompletedTask;

    /// <summary>Adds a line to the trace.</summary>
    /// <param name="line">The line.</param>
    public void Note(string line) => _trace.Add(line);

    internal Task<Fate> WaitAsync(StoreInstance? instance, string verb, string place, IReadOnlyList<DocumentChange>? changes)
    {
        if (!IsPlaying && instance is not null) return Task.FromResult(Fate.Done);
        var call = new StoreCall(Running.Value ?? "-", instance, verb, place, changes);
        _waiting.Add(call);
        return call.Turn;
    }

    /// <summary>Does a commit in its own time, or not at all.</summary>
    internal void DoLater(StoreInstance instance, string partition, IReadOnlyList<DocumentChange> changes, IStore inner)
    {
        var call = new StoreCall("late", instance, "late commit", partition, changes);
        _waiting.Add(call);
        _late.Add(call);
        _ = ArriveAsync();

        async Task ArriveAsync()
        {
            if (await call.Turn != Fate.Lost) await inner.CommitAsync(partition, changes, CancellationToken.None);
        }
    }

    internal int PickFault(int count) => _schedule.Pick(Choice.Fault, count);

    private async Task RunAsync(string name, Func<Task> act)
    {
        Running.Value = name;
        await WaitAsync(null, "begins", "", null);
        try
        {
            await act();
            Note($"      {name} ends");
        }
        catch (StoreUnavailableException gone)
        {
            // Its process died, or it is told that nobody knows; what was left behind is what a run is about.
            Note($"      {name} ends: {gone.Message}");
        }
    }

    private StoreCall Choose()
    {
        // Whoever is dead learns of it at once: that is no choice.
        if (_waiting.Find(call => call.Instance is { IsDead: true } && !_late.Contains(call)) is { } dead) return dead;
        StoreCall[] order = [.. _waiting.OrderByDescending(call => call.Strand == _last)];
        bool canGoOn = order[0].Strand == _last;
        return order[_schedule.Pick(canGoOn ? Choice.Preemption : Choice.Turn, order.Length)];
    }

    private void Take(StoreCall call)
    {
        _waiting.Remove(call);
        bool isLate = _late.Remove(call);
        Fate fate = FateOf(call, isLate);
        Note($"{_trace.Count,5} {call}{(fate == Fate.Done ? "" : $" ({fate})")}");
        _last = isLate ? _last : call.Strand;
        call.Release(fate);
    }

    private Fate FateOf(StoreCall call, bool isLate)
    {
        if (isLate) return _schedule.Pick(Choice.Turn, 2) == 0 ? Fate.Done : Fate.Lost;
        return call is { IsCommit: true, Instance.IsDead: false } ? (Fate)PickFault(Enum.GetValues<Fate>().Length) : Fate.Done;
    }
}
