using System.Collections.Concurrent;
using System.Text;

namespace SshFunctions.Support.Azurite;

/// <summary>What goes wrong with which request: what was planned, then a share of all, from a seed.</summary>
/// <remarks>
/// A fault from the seed loses no answer to a delete, whose outcome nobody can tell afterwards; and once a call has lost an answer, the
/// rest of it is spared, lest so many others write in the meantime that nobody can tell again.
/// </remarks>
internal sealed class FaultPlan(int seed, double share)
{
    private readonly ConcurrentQueue<StorageFault> _planned = new();
    private readonly HashSet<string> _spared = new(StringComparer.Ordinal);
    private readonly Random _random = new(seed);
    private int _busyCount;

    public void Add(StorageFault fault) => _planned.Enqueue(fault);

    public StorageFault Next(RawHttpMessage request)
    {
        if (_planned.TryDequeue(out StorageFault? planned)) return planned;
        string call = request.Header("x-ms-client-request-id") ?? "";
        lock (_random)
        {
            if (_spared.Contains(call)) return new StorageFault.None();
            // Storage that is busy is so for several requests.
            if (_busyCount > 0 && _busyCount-- > 0) return new StorageFault.Busy();
            if (_random.NextDouble() >= share) return new StorageFault.None();
            if (_random.Next(6) == 0) _busyCount = _random.Next(1, 4);
            StorageFault fault = Draw();
            if (!fault.LosesAnswer) return fault;
            if (Deletes(request)) return new StorageFault.None();
            _spared.Add(call);
            return fault;
        }
    }

    private static bool Deletes(RawHttpMessage request) =>
        request.Verb == "DELETE" || Encoding.UTF8.GetString(request.Body).Contains("\r\nDELETE ", StringComparison.Ordinal);

    private StorageFault Draw() => _random.Next(6) switch
    {
        0 => new StorageFault.Busy(),
        1 => new StorageFault.Busy(0),
        2 => new StorageFault.CutRequest(),
        3 => new StorageFault.LoseAnswer(),
        4 => new StorageFault.CutAnswer(),
        _ => new StorageFault.FailAfterwards(),
    };
}
