namespace SshFunctions.Local.Backups;

/// <summary>What a backup holds.</summary>
/// <param name="Made">UTC; everything that was answered before is in it.</param>
/// <param name="DocumentCount">Documents of the store, journal entries among them.</param>
/// <param name="Files">Names of the files in the folder of keys, in ordinal order.</param>
public sealed record BackupFacts(DateTimeOffset Made, long DocumentCount, IReadOnlyList<string> Files)
{
    /// <summary>For people, when it is made: what a broker has and this backup does not.</summary>
    public IReadOnlyList<string> LeftOut { get; init; } = [];

    /// <summary>Folders beside the backup that one which was killed left; they may hold CA keys.</summary>
    public IReadOnlyList<string> Leftovers { get; init; } = [];
}
