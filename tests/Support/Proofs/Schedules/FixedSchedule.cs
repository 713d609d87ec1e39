using System.Globalization;

namespace SshFunctions.Support.Proofs.Schedules;

/// <summary>Decides as another did: a failed run comes again.</summary>
/// <param name="text">What the other wrote.</param>
public sealed class FixedSchedule(string text) : Schedule
{
    private readonly Queue<int> _rest = new(text.Split('.', StringSplitOptions.RemoveEmptyEntries).Select(choice => int.Parse(choice, CultureInfo.InvariantCulture)));

    /// <inheritdoc/>
    protected override int Decide(Choice choice, int count) => _rest.TryDequeue(out int picked) && picked < count ? picked : 0;
}
