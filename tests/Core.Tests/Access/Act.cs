using SshFunctions.Core.Ports;

namespace SshFunctions.Core.Tests.Access;

/// <summary>One call of the domain that goes on only when it is told to, so that a seed decides what runs between any two of its commits.</summary>
internal sealed class Act
{
    private static readonly AsyncLocal<Act?> Running = new();
    private TaskCompletionSource _turn = New();
    private TaskCompletionSource _waits = New();
    private bool _isDead;
    private bool _diesAfter;

    private Act()
    {
    }

    public static Act? Current => Running.Value;

    public Task Completion { get; private set; } = Task.CompletedTask;

    /// <summary>Starts a call and goes on until its first commit, or its end.</summary>
    public static async Task<Act> StartAsync(Func<Task> call)
    {
        var act = new Act();
        act.Completion = Task.Run(async () =>
        {
            Running.Value = act;
            try
            {
                await call();
            }
            catch (StoreUnavailableException)
            {
                // Its process died; what it left behind is what this is about.
            }
        });
        await act.WaitAsync();
        return act;
    }

    /// <summary>Lets the next commit happen and goes on until the one after it, or the end.</summary>
    public async Task StepAsync(bool diesBefore, bool diesAfter)
    {
        _isDead |= diesBefore;
        _diesAfter = diesAfter;
        TaskCompletionSource turn = _turn;
        (_turn, _waits) = (New(), New());
        turn.SetResult();
        await WaitAsync();
    }

    public async Task WaitForTurnAsync()
    {
        Task turn = _turn.Task;
        _waits.SetResult();
        await turn;
        ThrowIfDead();
    }

    public void ThrowIfDead()
    {
        if (_isDead) throw new StoreUnavailableException("its process died");
    }

    public void ThrowIfDyingNow()
    {
        _isDead |= _diesAfter;
        ThrowIfDead();
    }

    private Task<Task> WaitAsync() => Task.WhenAny(Completion, _waits.Task);

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
